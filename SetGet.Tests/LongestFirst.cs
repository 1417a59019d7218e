using SetGet.Tests;
using SetGet.Tests.Api;
using SetGet.Tests.Dashboard;
using SetGet.Tests.EndToEnd;
using SetGet.Tests.Local.Gateway;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer<LongestFirst>]

namespace SetGet.Tests;

/// <summary>Begins with those that share something that runs: each of them is a long row of tests, and one that begins last is alone at the end. The others come in any order.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // A browser keeps a core busy: beside those of the running app come rows that mostly wait, and the dashboard's after them.
    private static readonly string[] Long = [AppCollection.Name, LambdaCollection.Name, ApiCollection.Name, DashboardCollection.Name, BothWaysInCollection.Name];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection
        => [.. DefaultTestCollectionOrderer.Instance.OrderTestCollections(testCollections).OrderBy(Rank)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
        => Array.IndexOf(Long, collection.TestCollectionDisplayName) is var at and >= 0 ? at : Long.Length;
}
