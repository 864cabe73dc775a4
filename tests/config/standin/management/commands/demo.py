"""Keeps what `make run` expects of `manage.py demo`: twice is once, users on standard output, progress on the other."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--leeg", action="store_true")

    def handle(self, *args: Any, leeg: bool, **options: Any) -> None:
        if not leeg:
            User.objects.get_or_create(username="coordinator")
            self.stdout.write("Demo users: coordinator")
