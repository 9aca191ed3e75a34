import { createRequire } from 'node:module';
import { Argument, Command, Option } from 'commander';
import { explain } from './cli/explain.ts';
import { type Config, readConfig } from './config.ts';
import { formats } from './domain/exchange/formats.ts';
import { roleNames } from './domain/users/rules.ts';
import { forms } from './web/forms.ts';

const { version, description } = createRequire(import.meta.url)('../package.json') as {
  version: string;
  description: string;
};

const json = () => new Option('--json', 'print JSON, for scripts');

// An option after a command is that command's, as `import list --json` is not `import --json`.
const program = new Command('onrecord').description(description).version(version).enablePositionalOptions();

program
  .command('serve')
  .description('serve the record until SIGTERM or Ctrl-C')
  .action(run(async (config) => (await import('./cli/serve.ts')).serve(config)));

program
  .command('migrate')
  .description('bring the database to the present schema; serving does so too')
  .addOption(json())
  .action(run(async (config, options) => (await import('./cli/migrate.ts')).migrateCommand(config, options)));

program
  .command('seed')
  .description('load the demonstration record into an empty database')
  .addOption(json())
  .action(run(async (config, options) => (await import('./cli/seed.ts')).seed(config, options)));

program
  .command('doctor')
  .description('check whether On Record can run here')
  .addOption(json())
  .action(run(async (config, options) => (await import('./cli/doctor.ts')).doctor(config, options)));

const importing = program
  .command('import')
  .description(
    `bring in a file: ${Object.entries(formats)
      .map(([name, { description }]) => `\n  ${name}: ${description}`)
      .join('')}`,
  )
  .addArgument(new Argument('<format>', 'what the file is').choices(Object.keys(formats)))
  .argument('<file>', 'the file, or - for standard input; of jsonl also the folder of an export')
  .option('--dry-run', 'only say what would be done')
  .option('--mapping <file>', 'of CSV: JSON that says which header is which column')
  .option('--language <tag>', 'the language of texts that say none, "und" unless told')
  .addOption(json())
  .action((format, file, options) =>
    run(async (config) => (await import('./cli/import.ts')).importCommand(config, format, file, options))(options),
  );
importing
  .command('undo <id>')
  .description('withdraw what an import made')
  .addOption(json())
  .action((id, options) =>
    run(async (config) => (await import('./cli/import.ts')).undoImportCommand(config, id, options))(options),
  );
importing
  .command('list')
  .description('print the imports so far, the newest first')
  .addOption(json())
  .action(run(async (config, options) => (await import('./cli/import.ts')).listImportsCommand(config, options)));

program
  .command('export')
  .description(
    'write a list or timeline in any of its forms, or with --all the whole record into a folder, as a Data Package that "import jsonl" takes back',
  )
  .argument('[what]', 'as in the API: claims, statements, people/donald-trump/timeline')
  .addOption(
    new Option('--format <form>', 'as the name of the file ends, else csv').choices(
      Object.keys(forms).filter((form) => form !== 'json'),
    ),
  )
  .option(
    '--filter <name=value...>',
    'as in the API: status=false; form=lossless of csv and jsonl, which an import takes back',
  )
  .option('-o, --output <file>', 'where to; standard output unless told')
  .option('--all <folder>', 'the whole record, into this folder')
  .option('--unpublished', 'drafts, withdrawn and erased records too; without, the export may be given to anybody')
  .option('--overwrite', 'with --all: write into a folder that is not empty')
  .addOption(json())
  .action((what, options) =>
    run(async (config) => {
      if ((what === undefined) === (options.all === undefined))
        throw new Error('Say what to export, such as claims, or --all <folder> for the whole record.');
      if (what === undefined) return (await import('./cli/export.ts')).exportCommand(config, options);
      return (await import('./cli/export-list.ts')).exportListCommand(config, what, options);
    })(options),
  );

const user = program.command('user').description('people who work on the record');
user
  .command('create')
  .description('print a one-time link by which somebody becomes a user')
  .requiredOption('--name <name>', 'their name')
  .requiredOption('--email <address>', 'their e-mail address')
  .addOption(new Option('--role <role...>', 'what they may do').choices(roleNames).makeOptionMandatory())
  .addOption(json())
  .action(run(async (config, options) => (await import('./cli/user.ts')).createUser(config, options)));
user
  .command('reset <email>')
  .description('print a one-time link by which a user chooses a new password, and signs in without a code')
  .addOption(json())
  .action((email, options) =>
    run(async (config) => (await import('./cli/user.ts')).resetUser(config, email, options))(options),
  );

const token = program.command('token').description('access tokens of programs that write through the API');
token
  .command('create')
  .description('print a new access token')
  .requiredOption('--name <name>', 'what it is for')
  .addOption(new Option('--role <role>', 'what it may do').choices(roleNames).makeOptionMandatory())
  .option('--days <number>', 'days until it expires, 365 unless told')
  .addOption(json())
  .action(run(async (config, options) => (await import('./cli/token.ts')).createTokenCommand(config, options)));
token
  .command('list')
  .description('print all access tokens, without their secrets')
  .addOption(json())
  .action(run(async (config, options) => (await import('./cli/token.ts')).listTokens(config, options)));
token
  .command('revoke <id>')
  .description('revoke an access token for good')
  .addOption(json())
  .action((id, options) =>
    run(async (config) => (await import('./cli/token.ts')).revokeTokenCommand(config, id, options))(options),
  );

// The embedded PostgreSQL is watched in ways that keep no process alive; a command that waits for it must stay.
const waiting = setInterval(() => {}, 60_000);
await program.parseAsync();
clearInterval(waiting);

/** Runs a command with the configuration; a failure becomes a sentence on standard error and exit code 1. */
// biome-ignore lint/suspicious/noExplicitAny: commander knows the options by their declarations alone
function run(command: (config: Config, options: any) => Promise<unknown>) {
  // biome-ignore lint/suspicious/noExplicitAny: as above
  return async (options: any): Promise<void> => {
    let config: Config | undefined;
    try {
      config = readConfig();
      const exitCode = await command(config, options);
      if (typeof exitCode === 'number') process.exitCode = exitCode;
    } catch (error) {
      const isDebugging = config?.logLevel === 'debug' || config?.logLevel === 'trace';
      console.error(isDebugging ? error : explain(error));
      process.exitCode = 1;
    }
  };
}
