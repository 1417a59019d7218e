using SetGet.Core.Events;
using SetGet.Core.Senders;

namespace SetGet.Tests.Core.Senders;

/// <summary>What may be a rule, and what is said of what may not.</summary>
public sealed class KeyRuleSyntaxTests
{
    [Theory]
    [InlineData("order-{/orderId}")]
    [InlineData("{header:X-GitHub-Event}:{/repository/full_name}")]
    [InlineData("customer:{/customer/id}")]
    [InlineData("{id}")]
    [InlineData("all-events")]
    [InlineData("{/}")]
    [InlineData("{/a~1b/m~0n//0}")]
    [InlineData("{/größe}{/𝄞}")]
    public void Rule_MayBe(string rule)
    {
        var errors = new InputErrors();
        var rules = KeyRules.Parse([rule], errors);
        Assert.Equal("", errors.ToString());
        Assert.Equal([rule], rules!.Texts);
    }

    [Theory]
    [InlineData("", "1 to 256 characters")]
    [InlineData("{}", "At character 1: an empty placeholder: name a pointer as in {/orderId}")]
    [InlineData("order-{orderId}", "At character 8: this is no placeholder: name a pointer as in {/orderId}")]
    [InlineData("order-{/orderId", "At character 7: a { that is never closed: put a }")]
    [InlineData("order-{", "At character 7: a { that is never closed")]
    [InlineData("{/a-{/b}", "At character 5: a { within a placeholder")]
    [InlineData("order-/orderId}", "At character 7: / can be in no webhook key")]
    [InlineData("order}", "At character 6: a } without a { before it")]
    [InlineData("a b", "At character 2: U+0020 can be in no webhook key")]
    [InlineData("zä", "At character 2: U+00E4 can be in no webhook key")]
    [InlineData("-{/a}", "At character 1: a key begins with a letter or digit")]
    [InlineData("x{/a~2}", "At character 5: in a pointer a ~ is written as ~0")]
    [InlineData("x{/a~}", "At character 5: in a pointer a ~ is written as ~0")]
    [InlineData("{header:}", "At character 9: a header without a name")]
    [InlineData("{header:X Y}", "At character 10: U+0020 can be in no header's name")]
    [InlineData("{/1}{/2}{/3}{/4}{/5}{/6}{/7}{/8}{/9}", "Has 9 placeholders: at most 8")]
    [InlineData("{/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21/22/23/24/25/26/27/28/29/30/31/32/33}", "a pointer has at most 32 steps")]
    public void Rule_ThatIsWrong_IsMended(string rule, string message)
    {
        var errors = new InputErrors();
        Assert.Null(KeyRules.Parse(["good-{id}", rule], errors));
        var (field, messages) = Assert.Single(errors.ByField);
        Assert.Equal("keyRules[1]", field);
        Assert.Contains(message, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_HaveBounds()
    {
        Assert.Contains("keyRules: Has 21 rules: at most 20", Fault([.. Enumerable.Repeat("{id}", 21)]), StringComparison.Ordinal);
        Assert.Contains("1 to 256", Fault(["{/" + new string('a', 254) + "}"]), StringComparison.Ordinal);
        Assert.Contains("Has 128 characters beside its placeholders: with at most 127", Fault([new string('a', 128) + "{id}"]), StringComparison.Ordinal);
        // Not in an attribute, which could not hold it.
        Assert.Contains("At character 4: half of a surrogate pair", Fault(["{/a\ud834}"]), StringComparison.Ordinal);
        Assert.Contains("1 to 256", Fault([null!]), StringComparison.Ordinal);
        Assert.Equal("", Fault([.. Enumerable.Repeat("{/" + new string('a', 253) + "}", 20)]));
        Assert.Equal("", Fault([new string('a', 128)]));
        Assert.True(KeyRules.Parse([], new InputErrors())!.IsEmpty);
    }

    [Fact]
    public void EveryRule_IsLookedAt()
    {
        var errors = new InputErrors();
        Assert.Null(KeyRules.Parse(["{", "a", "}"], errors, "rules"));
        Assert.Equal(["rules[0]", "rules[2]"], errors.ByField.Keys);
    }

    private static string Fault(string[] rules)
    {
        var errors = new InputErrors();
        Assert.Equal(KeyRules.Parse(rules, errors) is null, errors.Any);
        return errors.ToString();
    }
}
