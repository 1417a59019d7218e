using System.Text.RegularExpressions;

namespace SetGet.Tests.Deploy.Costs;

/// <summary>Every figure of "What it costs" in docs/deploy.md is what the price list makes it. Where prices change, the failures print what the page has to say.</summary>
public sealed partial class CostTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Templates.Root, "docs", "deploy.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Tables_OfThePage_AreComputedFromThePriceList()
    {
        var costs = new DeployCosts(PriceList.Read());

        Assert.Equal(costs.Prices(), Rows("| what | price |"));
        Assert.Equal(costs.MillionEvents().Select(row => row.ToString()), Rows("| step | arithmetic | dollars |"));
        Assert.Equal(costs.Month().Select(row => row.ToString()), Rows("| what | arithmetic | dollars |"));
    }

    [Fact]
    public void Sentences_OfThePage_AreComputedFromThePriceList()
    {
        var text = Space().Replace(Page, " ");

        var missing = new DeployCosts(PriceList.Read()).Sentences().Where(sentence => !text.Contains(sentence, StringComparison.Ordinal));
        Assert.Equal("", string.Join(Environment.NewLine, missing));
    }

    /// <summary>A price that nothing is computed from would be one that nobody keeps.</summary>
    [Fact]
    public void PriceList_EachPrice_IsUsed()
    {
        var prices = PriceList.Read();
        var costs = new DeployCosts(prices);
        _ = (costs.Prices(), costs.MillionEvents(), costs.Month(), costs.Sentences());

        Assert.Empty(prices.Unused);
    }

    /// <summary>The rows of the table with this head.</summary>
    private static string[] Rows(string head)
    {
        var start = Page.IndexOf(head + "\n", StringComparison.Ordinal);
        Assert.True(start > 0, $"docs/deploy.md has no table '{head}'");
        return [.. Page[start..].Split('\n').Skip(2).TakeWhile(line => line.StartsWith('|'))];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
