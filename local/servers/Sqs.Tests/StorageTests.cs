using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;
using Sqs.Storage;

namespace Sqs.Tests;

/// <summary>What is answered is there after a restart, whatever happened to the end of the log.</summary>
public class StorageTests
{
    [Fact]
    public void Restart_AfterRandomOperations_FindsTheSameState()
        => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed => RestartAsync(seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public async Task TornTail_AtEveryByte_LosesNothingBeforeIt()
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider();
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
    public async Task TornTail_OverAnOlderLog_LosesNothingBeforeIt()
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider();
        byte[] room, first, second;
        await using (var disk = DiskEngine.Open(folder.Path, clock))
        {
            var queue = await disk.Sqs.CreateAsync("q");
            for (var i = 0; i < 5; i++) await disk.Sqs.SendAsync(queue, new string('o', 200));
            await disk.CompactAsync();
            room = await File.ReadAllBytesAsync(DataFiles.Spare(folder.Path), CancellationToken.None);
            await disk.Sqs.SendAsync(queue, "kept");
            first = await TemporaryFolder.ReadAsync(DataFiles.Log(folder.Path, 2));
            await disk.Sqs.SendAsync(queue, "cut off");
            second = await TemporaryFolder.ReadAsync(DataFiles.Log(folder.Path, 2));
        }

        Assert.Equal(room.Length, second.Length);
        var begin = first.AsSpan().CommonPrefixLength(second);
        var end = Enumerable.Range(0, second.Length).Last(i => first[i] != second[i]);
        for (var written = begin; written <= end; written++)
        {
            File.Delete(DataFiles.Log(folder.Path, 3));
            await File.WriteAllBytesAsync(DataFiles.Log(folder.Path, 2), [.. second[..written], .. room[written..]], CancellationToken.None);
            await using var disk = DiskEngine.Open(folder.Path, clock);
            Assert.Equal(6, disk.Queue("q").Messages.Count);
        }
    }

    [Fact]
    public void Kill_AfterRandomOperationsAndSnapshots_FindsTheSameState()
        => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed => KillAsync(seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    [Fact]
    public async Task Damage_BeforeTheEnd_IsAnErrorAndNoLoss()
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider();
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
    public async Task Kill_BeforeALogIsBegun_LosesNothing()
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider();
        await using (var disk = DiskEngine.Open(folder.Path, clock))
        {
            await disk.Sqs.CreateAsync("q");
            await disk.CompactAsync();
        }

        // It has its name, but still the number of the log that it was.
        File.Move(DataFiles.Spare(folder.Path), DataFiles.Log(folder.Path, 2));
        for (var start = 0; start < 3; start++)
        {
            await using var disk = DiskEngine.Open(folder.Path, clock);
            await disk.Sqs.SendAsync(disk.Queue("q"), "m");
            Assert.Equal(start + 1, disk.Queue("q").Messages.Count);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(15)]
    public async Task Damage_InAHeader_IsAnErrorAndNoLoss(int position)
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider();
        await using (var disk = DiskEngine.Open(folder.Path, clock)) await disk.Sqs.CreateAsync("q");
        await using (var disk = DiskEngine.Open(folder.Path, clock)) await disk.Sqs.CreateAsync("r");
        var bytes = await File.ReadAllBytesAsync(DataFiles.Log(folder.Path, 1), CancellationToken.None);
        bytes[position] ^= 1;
        await File.WriteAllBytesAsync(DataFiles.Log(folder.Path, 1), bytes, CancellationToken.None);
        Assert.Throws<InvalidDataException>(() => DiskEngine.Open(folder.Path, clock));
    }

    [Fact]
    public async Task Folder_InUse_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await using var disk = DiskEngine.Open(folder.Path, new FakeTimeProvider());
        Assert.Contains("in use by another process", Assert.Throws<IOException>(() => DiskEngine.Open(folder.Path, new FakeTimeProvider())).Message);
    }

    [Fact]
    public async Task Snapshot_ReplacesTheLogs_AndChangesAfterItCount()
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider();
        string before;
        await using (var disk = DiskEngine.Open(folder.Path, clock))
        {
            var work = new RandomWork(disk.Sqs, 7);
            await work.StartAsync();
            await work.RunAsync(300);
            await disk.CompactAsync(() => work.RunAsync(100));
            Assert.Equal([2L], DataFiles.Logs(folder.Path));
            await work.RunAsync(100);
            before = StateText.Of(disk.Sqs);
        }

        await using var again = DiskEngine.Open(folder.Path, clock);
        Assert.Equal(before, StateText.Of(again.Sqs));
    }

    /// <summary>What a killed process leaves is what its files hold while it still has them open.</summary>
    private static async Task<bool> KillAsync(int seed)
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider();
        await using var disk = DiskEngine.Open(folder.Path, clock);
        var work = new RandomWork(disk.Sqs, seed);
        await work.StartAsync();
        for (var i = 0; i < 4; i++)
        {
            await work.RunAsync(60);
            await disk.CompactAsync(() => work.RunAsync(i * 10));
            await work.RunAsync(20);
            using var left = await folder.CopyAsync();
            await using var again = DiskEngine.Open(left.Path, clock);
            Assert.Equal(StateText.Of(disk.Sqs), StateText.Of(again.Sqs));
        }

        return true;
    }

    private static async Task<bool> RestartAsync(int seed)
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider();
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
