import { type ReactNode, useEffect, useState } from 'react';
import { languages, ownNames } from '../../shared/i18n/i18n.js';
import { useField } from '../field.js';
import { icons } from '../keeping/settings.js';
import { Act, Choice, Page, Problems, TextField } from '../parts/parts.js';

export function SettingsForm(): ReactNode {
  const { say, settings, changeSettings, carriage, shelf, load, lock, go, tell } = useField();
  const [erasing, setErasing] = useState(false);
  const erase = (): void => void carriage.erase().then(() => shelf.clear()).then(() => location.reload(), (why: unknown) => setProblems([String(why)]));
  const [problems, setProblems] = useState<string[]>([]);
  const [kept, setKept] = useState<boolean>();
  useEffect(() => void navigator.storage?.persisted?.().then(setKept), []);
  const shift = (): void => void carriage.newShift().then(() => { setProblems([]); tell(say('settings.shift.done')); }, (why: unknown) => setProblems([say('settings.shift.failed', { why: why instanceof Error ? why.message : String(why) })]));
  const onOff = [{ value: 'off', label: say('settings.off') }, { value: 'on', label: say('settings.on') }] as const;
  return (
    <Page title={say('go.settings')} actions={<><Act onPress={() => go('menu')}>{say('back')}</Act><Act go onPress={lock}>{say('settings.lock.now')}</Act></>}>
      <Choice legend={say('settings.language')} value={settings.language} options={languages.map((language) => ({ value: language, label: ownNames[language] }))} onChoose={(language) => language && void changeSettings({ language })} />
      {settings.language === 'ar' && <Choice legend={say('settings.digits')} value={settings.latinDigits ? 'latin' : 'own'} options={[{ value: 'own', label: say('settings.digits.own') }, { value: 'latin', label: say('settings.digits.latin') }]} onChoose={(digits) => void changeSettings({ latinDigits: digits === 'latin' })} />}
      <Choice legend={say('settings.theme')} columns={3} value={settings.theme} options={(['phone', 'day', 'night'] as const).map((theme) => ({ value: theme, label: say(`settings.theme.${theme}`) }))} onChoose={(theme) => theme && void changeSettings({ theme })} />
      <Choice legend={say('settings.labels')} value={settings.codedLabels ? 'coded' : 'words'} options={(['words', 'coded'] as const).map((labels) => ({ value: labels, label: say(`settings.labels.${labels}`) }))} onChoose={(labels) => void changeSettings({ codedLabels: labels === 'coded' })} />
      <Choice legend={say('settings.camera')} value={settings.camera ? 'on' : 'off'} options={onOff} onChoose={(camera) => void changeSettings({ camera: camera === 'on' })} />
      <p>{say('photo.warn')}</p>
      <Choice legend={say('settings.lock')} columns={3} value={String(settings.lockAfterMinutes)} options={(['1', '3', '10'] as const).map((minutes) => ({ value: minutes as string, label: say('settings.lock.minutes', { n: Number(minutes) }) }))} onChoose={(minutes) => minutes && void changeSettings({ lockAfterMinutes: Number(minutes) as 1 | 3 | 10 })} />
      <TextField label={say('settings.name')} hint={say('settings.name.how')} value={settings.appName} onChange={(appName) => void changeSettings({ appName: appName.slice(0, 30) })} />
      <fieldset>
        <legend>{say('settings.icon')}</legend>
        <div className="tiles three">
          {icons.map((icon, n) => (
            <button type="button" key={icon} className="tile" aria-pressed={settings.icon === icon} aria-label={say('settings.icon.one', { n: n + 1 })} onClick={() => void changeSettings({ icon })}>
              <img src={`${import.meta.env.BASE_URL}icons/${icon}-192.png`} width="48" height="48" alt="" />
            </button>
          ))}
        </div>
      </fieldset>
      <Act wide onPress={shift} small={say('settings.shift.how')}>{say('settings.shift')}</Act>
      {kept !== undefined && <p>{say('settings.kept', { answer: say(kept ? 'settings.kept.yes' : 'settings.kept.no') })} {!kept && say('enrol.storage')}</p>}
      <Act wide onPress={() => setErasing(!erasing)} small={say('settings.erase.how')}>{say('settings.erase')}</Act>
      {erasing && load.left > 0 && <p>{say('settings.erase.left', { n: load.left })}</p>}
      {erasing && <Act wide onPress={erase}>{say('settings.erase.yes')}</Act>}
      <Problems problems={problems} />
    </Page>
  );
}
