"""Static files with the hash of their content in their names, compressed once when they are collected."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Bestanden(CompressedManifestStaticFilesStorage):
    """Also the names inside `import … from "./x.js";` of ES modules get their hash, so that no build step is needed.

    Relative imports must end in a semicolon to be seen.
    """

    support_js_module_import_aggregation = True
