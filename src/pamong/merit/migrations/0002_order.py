"""What holds the order of a selection, its ranks and its instants, whoever writes."""

from pamong.config import migrations

# A row is taken in its turn alone. Who takes a step holds the vacancy by itself, who adds anything else shares it:
# no score slips in while a vacancy is being locked. Volatile, so that each question sees what is committed by then.
ORDER = """
CREATE FUNCTION merit_stamped() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.recorded_at := clock_timestamp();
  RETURN NEW;
END $$;

CREATE FUNCTION merit_took(of_vacancy bigint, which text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM merit_vacancystep WHERE vacancy_id = of_vacancy AND step = which);
END $$;

CREATE FUNCTION merit_wants(of_vacancy bigint, needed text, gone text) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('merit_vacancy', of_vacancy));
  IF merit_took(of_vacancy, 'cancelled') THEN
    RAISE EXCEPTION 'Lowongan ini sudah dibatalkan.' USING ERRCODE = 'check_violation';
  END IF;
  IF needed <> '' AND NOT merit_took(of_vacancy, needed) THEN
    RAISE EXCEPTION 'Langkah % lowongan ini belum diambil.', needed USING ERRCODE = 'check_violation';
  END IF;
  IF gone <> '' AND merit_took(of_vacancy, gone) THEN
    RAISE EXCEPTION 'Langkah % lowongan ini sudah diambil.', gone USING ERRCODE = 'check_violation';
  END IF;
END $$;

CREATE FUNCTION merit_runs(of_application bigint) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM merit_eligibilityrow WHERE application_id = of_application)
    AND NOT EXISTS (
      SELECT 1 FROM merit_eligibilityrow e LEFT JOIN merit_overruling o ON o.condition_id = e.id
      WHERE e.application_id = of_application AND e.answer = 'not_met' AND e.is_firm AND o.id IS NULL
    );
END $$;

CREATE FUNCTION merit_of_vacancy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM merit_wants(NEW.vacancy_id, TG_ARGV[0], TG_ARGV[1]);
  RETURN NEW;
END $$;

CREATE FUNCTION merit_recusal_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM merit_wants((SELECT vacancy_id FROM merit_panelmember WHERE id = NEW.member_id), '', 'scored');
  RETURN NEW;
END $$;

CREATE FUNCTION merit_condition_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  whole bigint := (SELECT vacancy_id FROM merit_application WHERE id = NEW.application_id);
BEGIN
  IF NEW.moment = 'application' THEN
    PERFORM merit_wants(whole, 'announced', 'scored');
  ELSIF NEW.moment = 'lock' THEN
    PERFORM merit_wants(whole, 'scored', 'locked');
  ELSIF NEW.moment = 'order' THEN
    PERFORM merit_wants(whole, 'locked', '');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION merit_overruling_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM merit_eligibilityrow WHERE id = NEW.condition_id AND answer = 'not_met') THEN
    RAISE EXCEPTION 'Hanya syarat yang tidak terpenuhi yang dapat dikesampingkan.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION merit_score_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  whole bigint := (SELECT vacancy_id FROM merit_application WHERE id = NEW.application_id);
BEGIN
  PERFORM merit_wants(whole, 'closed', 'scored');
  IF NOT EXISTS (SELECT 1 FROM merit_panelmember WHERE id = NEW.member_id AND vacancy_id = whole)
     OR NOT EXISTS (SELECT 1 FROM merit_criteriaelement WHERE id = NEW.element_id AND vacancy_id = whole) THEN
    RAISE EXCEPTION 'Penilai, pelamar, dan unsur harus dari lowongan yang sama.' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM merit_recusal WHERE member_id = NEW.member_id) THEN
    RAISE EXCEPTION 'Penilai yang mengundurkan diri tidak menilai.' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT merit_runs(NEW.application_id) THEN
    RAISE EXCEPTION 'Pelamar ini belum memenuhi syarat.' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM merit_score s WHERE s.id = NEW.supersedes_id
      AND (s.member_id, s.application_id, s.element_id) = (NEW.member_id, NEW.application_id, NEW.element_id)
  ) THEN
    RAISE EXCEPTION 'Nilai hanya membetulkan nilai yang sama.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION merit_standing(of_vacancy bigint)
RETURNS TABLE (application_id bigint, element_id bigint, weight integer, given bigint, total bigint)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN QUERY
  SELECT a.id, e.id, e.weight::integer, count(s.id), coalesce(sum(s.value), 0)::bigint
  FROM merit_application a JOIN merit_criteriaelement e ON e.vacancy_id = a.vacancy_id
  LEFT JOIN merit_score s ON s.application_id = a.id AND s.element_id = e.id
    AND NOT EXISTS (SELECT 1 FROM merit_score n WHERE n.supersedes_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM merit_recusal r WHERE r.member_id = s.member_id)
  WHERE a.vacancy_id = of_vacancy AND merit_runs(a.id)
  GROUP BY a.id, e.id, e.weight;
END $$;

CREATE FUNCTION merit_members(of_vacancy bigint) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN (SELECT count(*) FROM merit_panelmember m WHERE m.vacancy_id = of_vacancy
          AND NOT EXISTS (SELECT 1 FROM merit_recusal r WHERE r.member_id = m.id));
END $$;

CREATE FUNCTION merit_result_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  whole bigint := (SELECT vacancy_id FROM merit_application WHERE id = NEW.application_id);
  expected numeric;
BEGIN
  PERFORM merit_wants(whole, 'scored', 'locked');
  SELECT sum(s.weight::numeric * s.total) INTO expected FROM merit_standing(whole) s
  WHERE s.application_id = NEW.application_id;
  IF expected IS NULL THEN
    RAISE EXCEPTION 'Pelamar ini belum memenuhi syarat.' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.total_num::numeric * 100 * merit_members(whole) <> NEW.total_den * expected THEN
    RAISE EXCEPTION 'Jumlah nilai berbeda dari nilai para penilai.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION merit_choice_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM merit_wants(NEW.vacancy_id, 'locked', '');
  IF NOT EXISTS (
    SELECT 1 FROM merit_result r JOIN merit_application a ON a.id = r.application_id
    WHERE r.id = NEW.result_id AND a.vacancy_id = NEW.vacancy_id AND r.is_locked AND r.rank = NEW.rank
      AND merit_runs(a.id)
  ) THEN
    RAISE EXCEPTION 'Pilihan harus salah satu calon yang dikunci untuk jabatan ini.'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION merit_step_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  whole bigint := NEW.vacancy_id;
  before text := CASE NEW.step WHEN 'closed' THEN 'announced' WHEN 'scored' THEN 'closed'
                 WHEN 'locked' THEN 'scored' ELSE '' END;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('merit_vacancy', whole));
  PERFORM merit_wants(whole, before, '');
  IF NEW.step = 'announced' AND (
    NOT EXISTS (SELECT 1 FROM merit_criteria WHERE vacancy_id = whole)
    OR (SELECT coalesce(sum(weight), 0) FROM merit_criteriaelement WHERE vacancy_id = whole) <> 100
  ) THEN
    RAISE EXCEPTION 'Kriteria belum lengkap: jumlah bobot harus 100 %%.' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.step = 'scored' AND (merit_members(whole) = 0 OR NOT EXISTS (SELECT 1 FROM merit_standing(whole))
    OR EXISTS (SELECT 1 FROM merit_standing(whole) s WHERE s.given <> merit_members(whole))) THEN
    RAISE EXCEPTION 'Masih ada nilai yang belum masuk.' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.step = 'locked' THEN
    PERFORM merit_ranks_hold(whole);
  END IF;
  IF NEW.step = 'cancelled' AND EXISTS (SELECT 1 FROM merit_choice WHERE vacancy_id = whole) THEN
    RAISE EXCEPTION 'Lowongan ini sudah terisi.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION merit_ranks_hold(of_vacancy bigint) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  names integer := (SELECT c.names FROM merit_criteria c WHERE c.vacancy_id = of_vacancy);
  running bigint := (SELECT count(DISTINCT s.application_id) FROM merit_standing(of_vacancy) s);
  ranked bigint;
  locked bigint;
BEGIN
  SELECT count(*), count(*) FILTER (WHERE r.is_locked) INTO ranked, locked
  FROM merit_result r JOIN merit_application a ON a.id = r.application_id
  WHERE a.vacancy_id = of_vacancy AND merit_runs(a.id);
  IF ranked <> running OR locked <> least(names, running) THEN
    RAISE EXCEPTION 'Peringkat belum lengkap.' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT 1 FROM merit_result r JOIN merit_application a ON a.id = r.application_id
    JOIN merit_result o ON o.id <> r.id JOIN merit_application b ON b.id = o.application_id
    WHERE a.vacancy_id = of_vacancy AND b.vacancy_id = of_vacancy AND merit_runs(a.id) AND merit_runs(b.id)
      AND ((r.total_num::numeric * o.total_den > o.total_num::numeric * r.total_den AND r.rank >= o.rank)
           OR (r.rank <= o.rank AND o.is_locked AND NOT r.is_locked)
           OR (r.rank = o.rank AND r.is_locked <> o.is_locked))
  ) OR EXISTS (
    SELECT 1 FROM merit_result r JOIN merit_application a ON a.id = r.application_id
    WHERE a.vacancy_id = of_vacancy AND merit_runs(a.id) AND r.rank <> 1 + (
      SELECT count(*) FROM merit_result o JOIN merit_application b ON b.id = o.application_id
      WHERE b.vacancy_id = of_vacancy AND merit_runs(b.id) AND o.rank < r.rank)
  ) THEN
    RAISE EXCEPTION 'Peringkat tidak menurut jumlah nilai.' USING ERRCODE = 'check_violation';
  END IF;
END $$;
"""

TURNS = (
    ("merit_vacancystep", "merit_step_fits()"),
    ("merit_criteria", "merit_of_vacancy('', 'announced')"),
    ("merit_criteriaelement", "merit_of_vacancy('', 'announced')"),
    ("merit_panelmember", "merit_of_vacancy('', 'scored')"),
    ("merit_recusal", "merit_recusal_fits()"),
    ("merit_application", "merit_of_vacancy('announced', 'closed')"),
    ("merit_eligibilityrow", "merit_condition_fits()"),
    ("merit_overruling", "merit_overruling_fits()"),
    ("merit_score", "merit_score_fits()"),
    ("merit_result", "merit_result_fits()"),
    ("merit_choice", "merit_choice_fits()"),
)
FUNCTIONS = (
    "merit_stamped()",
    "merit_took(bigint, text)", "merit_wants(bigint, text, text)", "merit_runs(bigint)", "merit_of_vacancy()",
    "merit_recusal_fits()", "merit_condition_fits()", "merit_overruling_fits()", "merit_score_fits()",
    "merit_standing(bigint)", "merit_members(bigint)", "merit_result_fits()", "merit_choice_fits()",
    "merit_step_fits()", "merit_ranks_hold(bigint)",
)  # fmt: skip


STAMPED = ("merit_vacancy", *(table for table, _ in TURNS))


def before(table: str, name: str, call: str) -> migrations.RunSQL:
    """A row of the table is looked at before it is added, in replica mode too."""
    return migrations.RunSQL(
        [
            f'CREATE TRIGGER "{table}_{name}" BEFORE INSERT ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION {call}",
            f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{table}_{name}"',
        ],
        [f'DROP TRIGGER "{table}_{name}" ON "{table}"'],
    )


class Migration(migrations.Migration):
    dependencies = [("merit", "0001_initial")]

    operations = [
        migrations.RunSQL(ORDER, [f"DROP FUNCTION {name}" for name in reversed(FUNCTIONS)]),
        *(before(table, "turn", call) for table, call in TURNS),
        *(before(table, "stamp", "merit_stamped()") for table in STAMPED),
    ]
