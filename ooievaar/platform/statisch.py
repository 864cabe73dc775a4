"""Static files with the hash of their content in their names, compressed once when they are collected."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Bestanden(CompressedManifestStaticFilesStorage):
    """Also the names inside `import … from "./x.js";` of ES modules get their hash, so that no build step is needed.

    Relative imports must end in a semicolon to be seen.
    """

    support_js_module_import_aggregation = True
    # A name changes with the names of what it imports, so there are as many rounds as the longest chain of imports.
    max_post_process_passes = 12
