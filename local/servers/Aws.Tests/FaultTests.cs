namespace Aws.Tests;

/// <summary>The server is killed again and again under load; what it had answered holds.</summary>
public class FaultTests
{
    private const int Kills = 25;
    private const int Senders = 3;
    private const int Receivers = 3;

    [Fact, Needs(NeedsAttribute.Linux)]
    public async Task Kills_UnderLoad_LoseNothingAndResurrectNothing()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["--data", folder.Path, "--compact-at", "65536"];
        var random = new Random(42);
        var ledger = new FaultLedger();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 100 }) { Timeout = TimeSpan.FromSeconds(30) };
        using (var server = await ServerProcess.StartAsync(arguments))
        {
            var setup = new FaultClient(http, server.Endpoint, ledger);
            await setup.CreateQueuesAsync();
            await server.KillAsync();
        }

        for (var kill = 0; kill < Kills; kill++)
        {
            using var server = await ServerProcess.StartAsync(arguments);
            await new FaultClient(http, server.Endpoint, ledger).ReleaseAsync();
            using var stop = new CancellationTokenSource();
            var senders = Enumerable.Range(0, Senders).Select(_ => new FaultClient(http, server.Endpoint, ledger).SendAsync(stop.Token));
            var receivers = Enumerable.Range(0, Receivers).Select(_ => new FaultClient(http, server.Endpoint, ledger).ReceiveAsync(stop.Token));
            var work = senders.Concat(receivers).ToList();
            // The instant of the kill is a number of answers, which the clients reach at any point of the server's work.
            await ledger.AnswersAsync(random.Next(20, 400));
            await server.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(work);
        }

        using (var server = await ServerProcess.StartAsync(arguments))
            await new FaultClient(http, server.Endpoint, ledger).DrainAsync();
        ledger.Verify();
        // Snapshots replaced logs meanwhile, and logs were written over those.
        Assert.NotEmpty(Directory.GetFiles(folder.Path, "*.snapshot"));
    }
}
