import anyAscii from 'any-ascii';
import type { VerdictStatus } from '../vocabulary.ts';

/**
 * What publishers' labels mean in our vocabulary: by label, never by number, as scales are inverted, all −1, or give one
 * number to true and to false. A label that is not here is kept as it is, and the verdict is `unverified` until a later
 * version of this list knows it. Raise the version with every change of a meaning.
 */
export const LABELS_VERSION = '2';

const labels: Record<VerdictStatus, string> = {
  true: `true; correct; accurate; confirmed; verified; fact; real; legit; geppetto checkmark; the geppetto checkmark
    verdadeiro; verdadeira; correto; real; verdadero; verdadera; cierto; correcto; verdad; vrai; vraie; exact; correct
    wahr; richtig; stimmt; korrekt; vero; vera; sandt; sant; sann; waar; juist; prawda; правда; правдиво; doğru; true claim`,
  mostly_true: `mostly true; mostly correct; mostly accurate; largely true; true but; somewhat true; one pinocchio; 1 pinocchio; 1 pinocchios
    verdadeiro mas; verdade mas; mayormente verdadero; mayormente cierto; verdadero pero; cierto pero; plutôt vrai; presque vrai; vrai mais
    größtenteils richtig; großteils richtig; weitgehend richtig; überwiegend richtig; fast richtig; quasi vero; delvis sandt; переважно правда`,
  mixed: `mixed; mixture; half true; partly true; partially true; partly false; partially false; partially correct; partly correct
    two pinocchios; 2 pinocchios; mixed evidence; inaccurate in part; impreciso; imprecisa; parcialmente falso; parcialmente verdadeiro; em parte
    mixto; mitad y mitad; verdad a medias; parcialmente verdadero; parcialmente cierto; mi vrai mi faux; partiellement faux; partiellement vrai
    c’est plus compliqué; plus compliqué; imprécis; à nuancer; teilweise richtig; teilweise falsch; teils teils; halbwahr; halb richtig
    parzialmente falso; parzialmente vero; напівправда; полуправда; gedeeltelijk waar; gedeeltelijk onwaar; c è del vero`,
  misleading: `misleading; missing context; needs context; lacks context; out of context; no context; context needed; decontextualized; exaggerated; exaggerates; exaggeration
    distorts the facts; spins the facts; cherry picks; cherry picking; miscaptioned; outdated; spin; deceptive; understated
    enganoso; sem contexto; fora de contexto; falta contexto; exagerado; exagerada; distorcido; distorcida; subestimado; engañoso; sin contexto; fuera de contexto; descontextualizado
    trompeur; trompeuse; hors contexte; sorti de son contexte; manque de contexte; exagéré; détourné; détournée; irreführend; fehlender kontext; falscher kontext; aus dem zusammenhang gerissen; übertrieben
    fuori contesto; fuorviante; ingannevole; vildledende; misvisende; misleidend; маніпуляція; манипуляция; перебільшення; yanıltıcı`,
  mostly_false: `mostly false; mostly incorrect; mostly inaccurate; largely false; barely true; three pinocchios; 3 pinocchios; mayormente falso; casi falso
    plutôt faux; presque faux; größtenteils falsch; großteils falsch; weitgehend falsch; überwiegend falsch; quasi falso; переважно неправда`,
  false: `false; fake; fake news; incorrect; wrong; inaccurate; not true; untrue; pants on fire; pants fire; four pinocchios; 4 pinocchios; bottomless pinocchio; hoax; scam; fabricated; altered; altered photo; altered video; doctored; manipulated; debunked
    falso; falsa; fato falso; é falso; isso é falso; mentira; boato; montagem; es falso; bulo; montaje; erróneo; incorrecto; incorreto; faux; fausse; c’est faux; infox; intox; inexact; erroné; falsch; fälschung; stimmt nicht; frei erfunden; unwahr; manipuliert
    è falso; bufala; notizia falsa; falsk; falskt; usandt; usant; onwaar; onjuist; niet waar; fałsz; nieprawda; неправда; фейк; брехня; ложь; yanlış; sahte`,
  disputed: `disputed; contested; conflicting evidence; discutível; discutible; contestable; umstritten; contraditório; controverso`,
  unverified: `unverified; not verified; unconfirmed; not yet rated; under review; developing; ainda é cedo para dizer; de olho; sin verificar; no verificado; non vérifié; nicht überprüft; undetermined; research in progress; apresurado; inconclusive
    unstarted; in progress; em andamento; en curso`,
  unverifiable: `unverifiable; cannot be verified; impossible to prove; impossible to verify; impossível provar; impossível checar; inverificable; inchequeable; no comprobable; invérifiable; nicht überprüfbar; inverificabile`,
  not_checkable: `not checkable; opinion; opinião; opinión; meinung; satire; labeled satire; sátira; satira`,
  unsupported: `unsupported; unproven; unsubstantiated; no evidence; not enough evidence; insufficient evidence; baseless; unfounded; lacks evidence; sem provas; sem evidências; insustentável; insostenible; sin pruebas; sin evidencia; sans preuve; infondé; non prouvé; unbelegt; unbewiesen; keine belege; nicht belegt; senza prove; без доказів`,
  kept: `promise kept; kept; cumprida; promesa cumplida; promesse tenue; versprechen gehalten`,
  kept_late: `kept late; promise kept late`,
  partly_kept: `compromise; partly kept; partially kept`,
  in_progress: `in the works; promise in progress`,
  stalled: `stalled; promise stalled`,
  not_started: `not started; not yet started; ainda não cumpriu`,
  broken: `promise broken; broken; não cumpriu; promesa incumplida`,
};

/** Without case, accents, punctuation and script. */
function folded(label: string): string {
  return anyAscii(label.normalize('NFC'))
    .toLowerCase()
    .replace(/[’'`]/g, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

const statuses = new Map(
  Object.entries(labels).flatMap(([status, list]) =>
    list.split(/[;\n]/).flatMap((label): [string, VerdictStatus][] => {
      const known = folded(label);
      return known ? [[known, status as VerdictStatus]] : [];
    }),
  ),
);

/** The status that a publisher's label means; undefined where no version of the list knows it. */
export function statusOf(label: string): VerdictStatus | undefined {
  return statuses.get(folded(label));
}
