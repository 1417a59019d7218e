using System.CommandLine;
using SetGet.Tests.Campaign;
using SetGet.Tests.Campaign.Overload;
using SetGet.Tests.Campaign.Seeded;
using SetGet.Tests.Campaign.Soak;
using SetGet.Tests.Fuzzing;
using Xunit.Runner.InProc.SystemConsole;

// The runs that are too long for a test, each a command with its progress on the screen; anything else is for xunit, which starts this process too.
var root = new RootCommand("Runs of the tests that take their time. Each begins from a seed, says it, and repeats itself from it.")
{
    CampaignCommand.Create(),
    SeededCommand.Create(),
    OverloadCommand.Create(),
    SoakCommand.Create(),
    FuzzCommand.Create(),
};
if (root.Subcommands.All(command => command.Name != args.FirstOrDefault())) return await ConsoleRunner.Run(args);

// Ctrl+C: what a run started has to end too.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await root.Parse(args).InvokeAsync(invocation);
