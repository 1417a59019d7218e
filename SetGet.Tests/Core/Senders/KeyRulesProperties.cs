using System.Globalization;
using System.Text;
using SetGet.Core.Events;
using SetGet.Core.Senders;

namespace SetGet.Tests.Core.Senders;

/// <summary>
/// Whatever the rules and whatever the body: the keys are those of the model, and nothing is thrown. <c>SETGET_RULE_PAIRS</c> says how many pairs are
/// tried; a million takes a few minutes.
/// </summary>
public sealed class KeyRulesProperties
{
    private const string Id = "01a1ff74-7772-7857-a1bd-87ddf75ab44d";
    private const string FormType = "application/x-www-form-urlencoded";
    private const int Parts = 4;

    private static readonly int Pairs =
        int.TryParse(Environment.GetEnvironmentVariable("SETGET_RULE_PAIRS"), CultureInfo.InvariantCulture, out var pairs) ? pairs : 20_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Keys_AreThoseOfTheModel(int seed)
    {
        var events = new RandomEvents(seed);
        var (some, faults, many) = (0, 0, 0);
        for (var i = 0; i < Pairs / Parts; i++)
        {
            var isForm = i % 5 == 0;
            var (rules, body, type, maxKeys) = (events.Rules(), isForm ? events.Form() : events.Body(), isForm ? FormType : events.ContentType(), events.MaxKeys());
            var errors = new InputErrors();
            var parsed = KeyRules.Parse(rules, errors);
            Assert.True(parsed is not null, errors.ToString());

            var (keys, fault) = parsed.Evaluate(body, type, RandomEvents.Headers, Id, maxKeys);
            var expected = KeyRulesModel.Evaluate(rules, body, type, RandomEvents.Headers, Id, maxKeys);

            Assert.True(keys.SequenceEqual(expected.Keys) && fault?.Kind == expected.Fault,
                $"Seed {seed}, pair {i}: {string.Join(" ", rules)}\n{type}: {Encoding.UTF8.GetString(body)}\n is {string.Join(' ', keys)} {fault?.Kind}\nnot {string.Join(' ', expected.Keys)} {expected.Fault}");
            if (i % 10 == 0) AssertExplained(parsed, body, type, maxKeys, keys);
            some += keys.Count > 0 ? 1 : 0;
            many += keys.Count > 1 ? 1 : 0;
            faults += fault is null ? 0 : 1;
        }

        // A generator that makes nothing of interest would prove nothing.
        Assert.True(some > Pairs / Parts / 4 && many > Pairs / Parts / 40 && faults > Pairs / Parts / 100, $"{some} with keys, {many} with several, {faults} faults");
    }

    [Fact]
    public void Rubbish_IsARuleOrAnError_AndThrowsNothing()
    {
        var events = new RandomEvents(5);
        for (var i = 0; i < 20_000; i++)
        {
            var rule = events.Rubbish();
            var errors = new InputErrors();
            var parsed = KeyRules.Parse([rule], errors);
            Assert.True(parsed is null == errors.Any, rule);
            if (parsed is null) Assert.Equal(["keyRules[0]"], errors.ByField.Keys);
            else parsed.Evaluate(events.Body(), events.ContentType(), RandomEvents.Headers, Id, 0);
        }
    }

    private static void AssertExplained(KeyRules rules, byte[] body, string type, int maxKeys, IReadOnlyList<string> keys)
    {
        var outcomes = rules.Explain(body, type, RandomEvents.Headers, Id, maxKeys);
        Assert.Equal(rules.Texts, outcomes.Select(each => each.Rule));
        Assert.Equal(keys, outcomes.SelectMany(each => each.Keys).Distinct().Take(maxKeys));
        Assert.All(outcomes, each => Assert.True(each.Keys.Count > 0 ? each.Why is null : each.Why is { Length: > 10 }, each.ToString()));
    }
}
