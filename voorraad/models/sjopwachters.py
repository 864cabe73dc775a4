"""The guards of the block-list in the database: they hold whoever writes, and by whatever way (docs/adr/0015).

The services say the same in words first (`voorraad.sjopregels`); a test holds the two together.
"""

import pgtrigger


def sleutel_sql(tekst: str) -> str:
    """SQL: the one spelling in which words are compared, as `sjopregels.sleutel` makes it."""
    return f"regexp_replace(lower(normalize({tekst}, NFKD)), '[^a-z0-9]', '', 'g')"


def geblokkeerd_sql(rij: str, dag: str) -> str:
    """SQL: whether the Inbreng row `rij` is on the block-list, or recalled, on `dag` (two expressions of ours)."""
    tekst = sleutel_sql(f"concat(a.naam, {rij}.merk, {rij}.model, {rij}.omschrijving)")
    return f"""
        EXISTS (
            SELECT 1 FROM voorraad_blokkade b
            JOIN voorraad_sjopcategorie c ON c.id = {rij}.categorie_id
            JOIN voorraad_artikel a ON a.id = c.artikel_id
            WHERE b.gebied_id = a.gebied_id AND b.actief
                AND (b.categorie_id = c.id
                     OR EXISTS (SELECT 1 FROM unnest(b.woorden) w WHERE position(w IN {tekst}) > 0))
                AND CASE b.voorwaarde
                    WHEN 'altijd' THEN true
                    WHEN 'gebruikt' THEN NOT {rij}.nieuw
                    WHEN 'geopend' THEN NOT {rij}.ongeopend OR {rij}.houdbaar_tot IS NULL OR {rij}.houdbaar_tot < {dag}
                    ELSE '' IN ({sleutel_sql(f"{rij}.merk")}, {sleutel_sql(f"{rij}.model")})
                END
        ) OR EXISTS (
            SELECT 1 FROM voorraad_terugroepactie t
            JOIN voorraad_sjopcategorie c ON c.id = {rij}.categorie_id
            JOIN voorraad_artikel a ON a.id = c.artikel_id
            WHERE t.gebied_id = a.gebied_id AND t.ingetrokken_op IS NULL
                AND t.merk_sleutel = {sleutel_sql(f"{rij}.merk")}
                AND t.model_sleutel IN ('', {sleutel_sql(f"{rij}.model")})
        )"""  # noqa: S608 - `rij` and `dag` are expressions of ours


# A Sjop article that is no kind of goods can be booked by hand, so one with a blocked name must be blocked itself; and
# the article of a kind that is always blocked too.
ARTIKEL_OP_BLOKKEERLIJST = pgtrigger.Trigger(
    name="sjop_blokkeerlijst",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("NEW.soort = 'sjop' AND NOT NEW.geblokkeerd"),
    func=f"""
        IF EXISTS (
            SELECT 1 FROM voorraad_blokkade b
            LEFT JOIN voorraad_sjopcategorie c ON c.artikel_id = NEW.id
            WHERE b.gebied_id = NEW.gebied_id AND b.actief AND (b.voorwaarde = 'altijd' OR c.id IS NULL)
                AND (b.categorie_id = c.id
                     OR EXISTS (SELECT 1 FROM unnest(b.woorden) w
                                WHERE position(w IN {sleutel_sql("concat(NEW.naam, NEW.code)")}) > 0))
        ) THEN
            RAISE EXCEPTION 'op de blokkeerlijst'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'artikel_op_blokkeerlijst';
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - expressions of this file
)

# What the ledger asks of a line of a kind of goods of the Sjop, whoever writes it: it is of a lot that came in through
# an Inbreng (and so past the block-list), and only what may go is handed out.
MUTATIE_VAN_DE_SJOP = pgtrigger.Trigger(
    name="sjop_ingebracht",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("stuk", "voorraad_inbreng%ROWTYPE")],
    func=f"""
        IF EXISTS (SELECT 1 FROM voorraad_sjopcategorie WHERE artikel_id = NEW.artikel_id) THEN
            SELECT * INTO stuk FROM voorraad_inbreng WHERE partij_id = NEW.partij_id;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'niet ingebracht'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'mutatie_niet_ingebracht';
            END IF;
            IF NEW.soort = 'uitgifte' AND (stuk.status <> 'vrij'
                OR {geblokkeerd_sql("stuk", "(NEW.gebeurd_op AT TIME ZONE 'Europe/Amsterdam')::date")}) THEN
                RAISE EXCEPTION 'mag niet mee'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'mutatie_mag_niet_mee';
            END IF;
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - an expression of ours
)
