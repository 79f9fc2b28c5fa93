import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { call } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useWords } from '../app/context.tsx';
import { Engine, Refused } from '../app/marks.tsx';
import { useTrying } from '../app/trying.ts';
import type { Filled, FormField, FormOfTerms, WordingProblem } from './shape.ts';

interface Props {
  readonly path: string;
  readonly text: string;
  added(text: string, number: string): void;
  /** Before a term can be added the text itself must be right. */
  wrongText(problems: readonly WordingProblem[]): void;
}

/** A term without the language: one of the templates, its fields, and where they are wrong. The server writes the sentence. */
export function AddTerm({ path, text, added, wrongText }: Props): ReactNode {
  const words = useWords();
  const form = useAnswer<FormOfTerms>(path);
  const [template, setTemplate] = useState('prohibition');
  const [problems, setProblems] = useState<readonly WordingProblem[]>([]);
  const { failure, busy, attempt } = useTrying();
  const chosen = form.value?.templates.find((t) => t.name === template);
  const of = (prefix: string): ((field: FormField) => readonly WordingProblem[]) => (field) => problems.filter((p) => p.field === prefix + field.name);
  const rest = problems.filter((p) => p.field !== null && !form.value?.term_fields.some((f) => p.field === f.name) && !chosen?.fields.some((f) => p.field === `clause 1: ${f.name}`));
  const send = (e: FormEvent<HTMLFormElement>): void => {
    e.preventDefault();
    const element = e.currentTarget;
    const entered = new FormData(element);
    const answers = (prefix: string, fields: readonly FormField[]): Record<string, string> => Object.fromEntries(fields.map((f) => [f.name, String(entered.get(prefix + f.name) ?? '').trim()] as const).filter(([, v]) => v));
    void attempt(async () => {
      const filled = await call<Filled>('POST', path, { text, term: answers('term.', form.value!.term_fields), clauses: [{ template, answers: answers('clause.', chosen!.fields) }] });
      setProblems(filled.text ? [] : filled.problems);
      if (filled.text) {
        added(filled.text, filled.number!);
        element.reset();
      } else if (filled.number === null) wrongText(filled.problems);
    });
  };
  if (!form.value) return <Refused failure={form.refusal} />;
  const [title, ...more] = form.value.term_fields;
  return (
    <form className="sheet" onSubmit={send} aria-labelledby="add-term">
      <h2 id="add-term">{words.say('termsForm')}</h2>
      <p className="muted">{words.say('termsFormHow')}</p>
      <label className="entry">
        <span>{words.say('termsTemplate')}</span>
        <select value={template} onChange={(e) => setTemplate(e.target.value)}>
          {form.value.templates.map((t) => (
            <option key={t.name} value={t.name} lang="en">
              {t.label}
            </option>
          ))}
        </select>
      </label>
      <Entry field={title!} prefix="term." form={form.value} problems={of('')(title!)} />
      <fieldset key={template}>
        <legend>
          <Engine>{chosen?.label}</Engine>
        </legend>
        {chosen?.fields.map((f) => (
          <Entry key={f.name} field={f} prefix="clause." form={form.value!} problems={of('clause 1: ')(f)} />
        ))}
      </fieldset>
      <details>
        <summary>{words.say('termsMore')}</summary>
        <div className="fields">
          {more.map((f) => (
            <Entry key={f.name} field={f} prefix="term." form={form.value!} problems={of('')(f)} />
          ))}
        </div>
      </details>
      {(rest.length > 0 || problems.some((p) => p.field === null)) && (
        <div role="alert" className="refused">
          {rest.map((p) => (
            <p key={p.code + p.message}>
              <Engine>{p.message}</Engine>
            </p>
          ))}
          {problems.some((p) => p.field === null) && <p>{words.say('termsTextFirst')}</p>}
        </div>
      )}
      <Refused failure={failure} />
      <button type="submit" className="btn" disabled={busy}>
        {words.say('termsAdd')}
      </button>
    </form>
  );
}

function Entry({ field, prefix, form, problems }: { field: FormField; prefix: string; form: FormOfTerms; problems: readonly WordingProblem[] }): ReactNode {
  const words = useWords();
  const id = useId();
  const name = prefix + field.name;
  const asked = { name, required: field.required, 'aria-invalid': problems.length > 0, 'aria-describedby': problems.length > 0 ? `${id}p` : undefined };
  const offered = field.kind === 'places' ? form.places : field.kind === 'signatories' || field.kind === 'signatory' ? form.signatories : field.choices;
  const example = field.kind === 'places' || field.kind.startsWith('signator') ? undefined : field.choices[0];
  return (
    <div className="entry">
      <label htmlFor={id}>
        <Engine>{field.label}</Engine>
        {!field.required && field.kind !== 'yes' && <span className="muted small"> {words.say('termsOptional')}</span>}
      </label>
      {field.kind === 'choice' ? (
        <select id={id} {...asked}>
          {!field.required && <option value="" />}
          {field.choices.map((c) => (
            <option key={c} value={c} lang="en">
              {c}
            </option>
          ))}
        </select>
      ) : field.kind === 'yes' ? (
        <input id={id} type="checkbox" value="yes" {...asked} />
      ) : (
        <>
          <input id={id} dir="ltr" lang="en" autoComplete="off" autoCapitalize="off" spellCheck={false} list={offered.length > 0 ? `${id}l` : undefined} {...asked} />
          {offered.length > 0 && (
            <datalist id={`${id}l`}>
              {offered.map((o) => (
                <option key={o} value={o} />
              ))}
            </datalist>
          )}
          {example && (
            <small className="muted">
              {words.say('termsExample')} <Engine>{example}</Engine>
            </small>
          )}
        </>
      )}
      {problems.length > 0 && (
        <small id={`${id}p`} className="fieldwrong">
          {problems.map((p) => (
            <Engine key={p.code + p.message}>
              {p.message}
              {p.suggestion ? ` ${p.suggestion}?` : p.expected ? ` ${p.expected}.` : ''}
            </Engine>
          ))}
        </small>
      )}
    </div>
  );
}
