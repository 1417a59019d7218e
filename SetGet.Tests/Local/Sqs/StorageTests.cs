using Aws.Sqs.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace SetGet.Tests.Local.Sqs;

/// <summary>What is answered is there after a restart, whatever happened to the end of the log.</summary>
public class StorageTests
{
    [Fact]
    public void Restart_AfterRandomOperations_FindsTheSameState() =>
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed => RestartAsync(seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public async Task TornTail_AtEveryByte_LosesNothingBeforeIt()
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeClock();
        await using (var disk = DiskEngine.Open(folder.Path, clock))
        {
            var queue = await disk.Sqs.CreateAsync("q");
            await disk.Sqs.SendAsync(queue, "kept");
        }

        var log = DataFiles.Log(folder.Path, 1);
        var whole = new FileInfo(log).Length;
        await using (var disk = DiskEngine.Open(folder.Path, clock))
            await disk.Sqs.SendAsync(disk.Queue("q"), "cut off");
        var tail = await File.ReadAllBytesAsync(DataFiles.Log(folder.Path, 2), CancellationToken.None);
        for (var length = 0; length < tail.Length; length++)
        {
            File.Delete(DataFiles.Log(folder.Path, 3));
            await File.WriteAllBytesAsync(DataFiles.Log(folder.Path, 2), tail[..length], CancellationToken.None);
            await using var disk = DiskEngine.Open(folder.Path, clock);
            Assert.Equal(1, disk.Queue("q").Messages.Count);
        }

        Assert.Equal(whole, new FileInfo(log).Length);
    }

    [Fact]
    public async Task Damage_BeforeTheEnd_IsAnErrorAndNoLoss()
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeClock();
        await using (var disk = DiskEngine.Open(folder.Path, clock)) await disk.Sqs.CreateAsync("q");
        await using (DiskEngine.Open(folder.Path, clock)) { }
        await using (var disk = DiskEngine.Open(folder.Path, clock)) await disk.Sqs.CreateAsync("r");
        var bytes = await File.ReadAllBytesAsync(DataFiles.Log(folder.Path, 1), CancellationToken.None);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(DataFiles.Log(folder.Path, 1), bytes, CancellationToken.None);
        var damage = Assert.Throws<InvalidDataException>(() => DiskEngine.Open(folder.Path, clock));
        Assert.Contains("is damaged at byte", damage.Message);
    }

    [Fact]
    public async Task Folder_InUse_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await using var disk = DiskEngine.Open(folder.Path, new FakeClock());
        Assert.Contains("in use by another process", Assert.Throws<IOException>(() => DiskEngine.Open(folder.Path, new FakeClock())).Message);
    }

    [Fact]
    public async Task Snapshot_ReplacesTheLogs_AndChangesAfterItCount()
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeClock();
        string before;
        await using (var disk = DiskEngine.Open(folder.Path, clock))
        {
            var work = new RandomWork(disk.Sqs, 7);
            await work.StartAsync();
            await work.RunAsync(300);
            var snapshot = await disk.Sqs.RunAsync(_ => Snapshot.Capture(disk.Sqs.Engine.State, disk.Data.Journal));
            await work.RunAsync(100);
            snapshot.Write(folder.Path);
            Assert.Equal([2L], DataFiles.Logs(folder.Path));
            await work.RunAsync(100);
            before = StateText.Of(disk.Sqs);
        }

        await using var again = DiskEngine.Open(folder.Path, clock);
        Assert.Equal(before, StateText.Of(again.Sqs));
    }

    private static async Task<bool> RestartAsync(int seed)
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeClock();
        string before;
        await using (var disk = DiskEngine.Open(folder.Path, clock))
        {
            var work = new RandomWork(disk.Sqs, seed);
            await work.StartAsync();
            await work.RunAsync(150);
            before = StateText.Of(disk.Sqs);
        }

        await using var again = DiskEngine.Open(folder.Path, clock);
        Assert.Equal(before, StateText.Of(again.Sqs));
        return true;
    }
}
