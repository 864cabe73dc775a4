"""The doorbell of an import, and the sweep for imports whose doorbell or worker was lost."""

from uuid import UUID

from celery import shared_task

from bezoeken.intake.services.importeren import achtergebleven, import_uitvoeren
from bezoeken.intake.services.ongedaan import bestanden_opruimen
from ooievaar.platform import clock


@shared_task(name="bezoeken.importeer", ignore_result=True)
def importeer(import_id: str) -> None:
    """Read one file; the database says which file and how far it was."""
    import_uitvoeren(import_id=UUID(import_id), nu=clock.nu())


@shared_task(name="bezoeken.imports_oppakken", ignore_result=True)
def imports_oppakken() -> None:
    """Take up every import that was left behind; missed or doubled runs lose and double nothing.

    Forgets the files of trials too: names and addresses are kept no longer than they are needed.
    """
    bestanden_opruimen(nu=clock.nu())
    for import_id in achtergebleven(nu=clock.nu()):
        import_uitvoeren(import_id=import_id, nu=clock.nu())
