namespace SetGet.Tests.Fuzzing;

/// <summary>The corpus of the long runs is run again, and some inputs made of it. The long run is a command: <c>dotnet run --project SetGet.Tests -- fuzz</c>.</summary>
public sealed class FuzzTests
{
    /// <summary>Inputs over all targets, by their weights.</summary>
    private const int Inputs = 25_000;

    public static TheoryData<string> Targets { get; } = [.. FuzzTargets.Create().Select(target => target.Name)];

    [Theory, MemberData(nameof(Targets))]
    public void Corpus_AndWhatIsMadeOfIt_FindsNothing(string name)
    {
        var target = FuzzTargets.Create().Single(each => each.Name == name);
        var corpus = CorpusFile.Read(CorpusFile.Folder, target);
        Assert.True(corpus.Count > target.Seeds.Count(), $"There is no corpus of {name}: run the command fuzz --target {name}.");
        var crashes = Directory.CreateTempSubdirectory("setget-fuzz-").FullName;
        var inputs = (long)(Inputs * target.Weight / FuzzTargets.Create().Sum(each => each.Weight));
        var result = new Fuzzer(target, seed: 1, crashes, corpus).Run(inputs, edges: null, static _ => { }, CancellationToken.None);
        Assert.Equal("", string.Join(Environment.NewLine, result.Faults.Select(fault => $"{CorpusFile.Encode(fault.Input)}{Environment.NewLine}{fault.Text}")));
        Directory.Delete(crashes, recursive: true);
    }

    [Fact]
    public void Edges_LeadToInputsThatNoSeedIs()
    {
        var folder = Directory.CreateTempSubdirectory("setget-fuzz-").FullName;
        var run = Instrumented.Load(typeof(FuzzProbe), Path.Combine(folder, "copies"), "SetGet.Core", "SetGet.Worker").GetMethod(nameof(FuzzProbe.Kept))!;
        var (kept, seeds) = ((int Kept, int Seeds))run.Invoke(null, [folder])!;
        Assert.True(kept > seeds + 10, $"{kept} inputs were kept of 2,000, {seeds} were there before.");
    }

    [Fact]
    public void CorpusFile_HoldsAnyBytes()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(each => (byte)each), (byte)' ', (byte)'\\', (byte)'n'];
        Assert.Equal(all, CorpusFile.Decode(CorpusFile.Encode(all)));
        Assert.Equal([], CorpusFile.Decode(CorpusFile.Encode([])));
        Assert.Equal(" x "u8.ToArray(), CorpusFile.Decode(CorpusFile.Encode(" x "u8.ToArray())));
    }
}

/// <summary>Called by name, on the instrumented copies.</summary>
internal static class FuzzProbe
{
    public static (int Kept, int Seeds) Kept(string folder)
    {
        var edges = new EdgeMap();
        var target = FuzzTargets.Create()[0];
        var fuzzer = new Fuzzer(target, seed: 1, folder, CorpusFile.Read(folder, target));
        fuzzer.Run(2_000, edges, static _ => { }, CancellationToken.None);
        return (fuzzer.Corpus.Count, target.Seeds.Count());
    }
}
