using SetGet.Tests.Campaign.Faults;
using SetGet.Tests.Campaign.Seeded;
using SetGet.Tests.Core;

namespace SetGet.Tests.Campaign;

/// <summary>The seeded faults fit the source as it is: <c>seeded</c> finds them, and takes too long for a test.</summary>
public sealed class SeededFaultTests
{
    public static TheoryData<string> Names => [.. SeededFault.All.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ASeededFault_ChangesTheSource(string name)
    {
        var fault = SeededFault.All.Single(each => each.Name == name);
        var source = File.ReadAllText(Path.Combine(StoreServer.Folder, fault.File));
        Assert.Contains(fault.Find, source, StringComparison.Ordinal);
        Assert.NotEqual(source, source.Replace(fault.Find, fault.Replace, StringComparison.Ordinal));
        Assert.NotEmpty(fault.Breaks);
        Assert.All(fault.Needs, need => Assert.Contains(Director.Known, known => known.Name == need));
    }
}
