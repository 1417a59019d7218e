using System.Globalization;
using SetGet.Tests.Api;
using SetGet.Tests.Core;

namespace SetGet.Tests.Campaign;

/// <summary>A campaign as CI runs it, beside other tests: <c>SETGET_CAMPAIGN</c> says how many faults. The long one is a command: docs/reliability.md.</summary>
public sealed class ShortCampaignTests(ITestOutputHelper output)
{
    private static string? Faults => Environment.GetEnvironmentVariable("SETGET_CAMPAIGN");

    [Fact, Needs(Needs.RedisServer | Needs.Linux)]
    public async Task ACampaign_BreaksNoPromise()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Faults), "needs SETGET_CAMPAIGN=20, or another number of faults");
        var settings = new CampaignSettings
        {
            Seed = Random.Shared.Next(),
            Faults = int.Parse(Faults!, CultureInfo.InvariantCulture),
            Redis = ApiStack.StoreKind ?? StoreServer.Redis,
        };
        await using var run = await CampaignRun.StartAsync(settings, TestContext.Current.CancellationToken);
        await run.RunAsync();
        output.WriteLine($"Seed {settings.Seed} on {settings.Redis}: {run.Accepted} events, {run.Director.Count} faults of {run.Director.Struck.Count} kinds, in {run.Elapsed}");
        Assert.True(run.Verdicts.Broken == 0, $"Seed {settings.Seed}, logs in {run.Folder}:\n{string.Join('\n', run.Verdicts.Examples)}");
        Assert.All(run.Verdicts.ByRule, rule => Assert.True(rule.Checked > 0 || rule.Rule == Checking.Rule.Rolling, $"{rule.Rule} was never checked"));
    }
}
