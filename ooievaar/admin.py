"""What the beheerder keeps: people with their roles, and the settings of each Gebied."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ooievaar.models import Focuswijk, Gebied, Gebruiker, RolToekenning, VrijePeriode, Wijk
from ooievaar.services.uitnodigen import uitnodigen

admin.site.unregister(Group)


class _VanBeheerder:
    """The role is the right: whoever gets into the admin may see and change what is in it."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class RolInline(_VanBeheerder, admin.TabularInline):
    model = RolToekenning
    extra = 1
    filter_horizontal = ("wijken",)


@admin.register(Gebruiker)
class GebruikerAdmin(_VanBeheerder, UserAdmin):
    """Accounts by invitation: the beheerder never chooses or sees a password."""

    list_display = ("username", "first_name", "last_name", "email", "is_active")
    list_filter = ("is_active", "toekenningen__rol")
    fieldsets = ((None, {"fields": ("username", "first_name", "last_name", "email", "is_active")}),)
    add_fieldsets = ((None, {"fields": ("username", "first_name", "last_name", "email")}),)
    inlines = (RolInline,)
    actions = ("nodig_uit",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        # UserAdmin's own form for a new user asks for a password; ours sends an invitation instead.
        if obj is None:
            kwargs["fields"] = self.add_fieldsets[0][1]["fields"]
            return super(UserAdmin, self).get_form(request, obj, change, **kwargs)
        return super().get_form(request, obj, change, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who leaves is made inactive: what she did stays hers."""
        return False

    def save_model(self, request: HttpRequest, obj: Gebruiker, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change and obj.email:
            uitnodigen(gebruiker=obj, basis=request.build_absolute_uri("/"))

    @admin.action(description=gettext_lazy("Stuur de uitnodiging (opnieuw)"))
    def nodig_uit(self, request: HttpRequest, queryset: QuerySet[Gebruiker]) -> None:
        met_adres = [gebruiker for gebruiker in queryset if gebruiker.email and gebruiker.is_active]
        for gebruiker in met_adres:
            uitnodigen(gebruiker=gebruiker, basis=request.build_absolute_uri("/"))
        messages.success(request, _("%(n)s uitnodigingen verstuurd.") % {"n": len(met_adres)})


@admin.register(Gebied, Wijk, Focuswijk, VrijePeriode)
class InstellingAdmin(_VanBeheerder, admin.ModelAdmin):
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A holiday can go; an area or a wijk has visits."""
        return self.model is VrijePeriode
