import { describe, expect, it } from '@jest/globals';
import { BadConfig, readConfig } from '../../src/config.ts';

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      databaseUrl: undefined,
      sessionSecret: undefined,
      siteName: 'On Record',
      publisherName: 'On Record',
      publisherUrl: 'http://localhost:3000',
      dataLicense: { name: 'CC-BY-4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
      logLevel: 'info',
      trustedProxies: [],
      fetchSources: false,
    });
    expect(config.dataDir).toMatch(/[\\/]data$/);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', SESSION_SECRET: '' })).toEqual(readConfig({}));
  });

  it('follows the port in the address, and the names in each other', () => {
    expect(readConfig({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
    expect(readConfig({ SITE_NAME: 'Checked' })).toMatchObject({ siteName: 'Checked', publisherName: 'Checked' });
    expect(readConfig({ PUBLIC_URL: 'https://Record.Example.org/' })).toMatchObject({
      publicUrl: 'https://record.example.org',
      publisherUrl: 'https://record.example.org',
    });
  });

  it('takes a licence by its short name or its address', () => {
    expect(readConfig({ DATA_LICENSE: 'CC0-1.0' }).dataLicense.url).toBe(
      'https://creativecommons.org/publicdomain/zero/1.0/',
    );
    expect(readConfig({ DATA_LICENSE: 'https://example.org/terms' }).dataLicense.url).toBe('https://example.org/terms');
  });

  it.each(['10.0.0.0/8, ::1', 'loopback', '2001:db8::/32'])('trusts the proxies %s', (TRUSTED_PROXIES) => {
    expect(readConfig({ TRUSTED_PROXIES }).trustedProxies).toEqual(TRUSTED_PROXIES.split(', '));
  });

  it.each(['everybody', '10.0.0.0/33', '10.0.0.0/', '::/129', '10.0.0.1,', 'true'])(
    'trusts no “%s”',
    (TRUSTED_PROXIES) => {
      expect(complaintAbout({ TRUSTED_PROXIES })).toMatch(/^TRUSTED_PROXIES must be IP addresses or networks/);
    },
  );

  it('names everything that is wrong, all at once, and tells no secret', () => {
    const complaint = complaintAbout({
      PORT: 'http',
      HOST: 'a b',
      PUBLIC_URL: 'localhost:3000',
      DATABASE_URL: 'mysql://root:hunter2@localhost',
      SESSION_SECRET: 'hunter2',
      PUBLISHER_URL: 'ftp://example.org',
      DATA_LICENSE: 'mine',
      FETCH_SOURCES: 'yes',
      TRUSTED_PROXIES: '10.0.0.0/8, everybody',
      LOG_LEVEL: 'loud',
    });
    expect(complaint.split('\n').map((line) => line.split(' ')[0])).toEqual([
      'PORT',
      'HOST',
      'PUBLIC_URL',
      'DATABASE_URL',
      'SESSION_SECRET',
      'PUBLISHER_URL',
      'DATA_LICENSE',
      'FETCH_SOURCES',
      'TRUSTED_PROXIES',
      'LOG_LEVEL',
    ]);
    expect(complaint).toContain('LOG_LEVEL must be one of trace, debug, info');
    expect(complaint).not.toContain('hunter2');
  });

  it.each(['0', '65536', '-1', '3000.5', '3e3', ' 3000'])('refuses the port "%s"', (PORT) => {
    expect(complaintAbout({ PORT })).toBe('PORT must be a port number from 1 to 65535');
  });

  it.each([
    'https://a.org/ -c x',
    "https://a.org/'",
    'https://a.org/"',
    'https://a.org\\b',
    'https://u:p@a.org',
    'https://a.org/?q',
    'https://a.org/#h',
  ])('refuses the public address %s', (PUBLIC_URL) => {
    expect(complaintAbout({ PUBLIC_URL })).toMatch(/^PUBLIC_URL must be a web address/);
  });
});

function complaintAbout(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(BadConfig);
    return (error as Error).message;
  }
  throw new Error('Nothing was wrong');
}
