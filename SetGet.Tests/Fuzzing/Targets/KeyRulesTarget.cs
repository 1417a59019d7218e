using SetGet.Core.Events;
using SetGet.Core.Senders;
using SetGet.Tests.Core.Senders;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>Key rules and the bodies that they are asked of, JSON and forms: nothing is thrown, and the keys are those of the model.</summary>
internal sealed class KeyRulesTarget() : FuzzTarget("key-rules")
{
    private const string Id = "01a1ff74-7772-7857-a1bd-87ddf75ab44d";
    private const int MaxKeys = 20;
    private const int LongestForModel = 300;
    private const int MostPlaceholdersForModel = 3;

    public override IEnumerable<string> Seeds { get; } =
    [
        "application/json\norder-{/orderId}\nc:{/customer/id}\n{header:X-GitHub-Event}.{id}\n\n{\"orderId\":4711,\"customer\":{\"id\":\"\\u00e9 x\"}}",
        "application/json; charset=utf-8\n{/items}\n{/items/0}-{/a~1b/m~0n}\n\n{\"items\":[1,\"b\",true],\"a/b\":{\"m~n\":\"x\"}}",
        "application/x-www-form-urlencoded\n{/a}-{/b}\n{/a}\n\na=1&b=%C3%A9+x&a=2",
        "text/plain\n{/a}\n\n {\"a\":null}",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        "{/", "}", "{id}", "{header:", "X-GitHub-Event", "x-odd", "/a", "/0", "~0", "~1", "application/json", "application/x-www-form-urlencoded", "+json", "text/xml",
        "{\"a\":", "[", "]", "null", "true", "\"", ",", "&", "=", "%41", "+", "%", "\\u0061", "\\ud834\\udd1e", "\n\n", "order-",
    ];

    public override int AllocationPerByte => 2000;

    public override double Weight => 4;

    public override void Run(ReadOnlyMemory<byte> input)
    {
        if (Parse(input, out var body) is not { } rules) return;
        var found = rules.Evaluate(body.Body.Span, body.Type, RandomEvents.Headers, Id, MaxKeys);
        Require(found.Keys.Count <= MaxKeys && found.Keys.All(key => Names.IsWebhookKey(key)), "Every key is one, and there are no more than are allowed.");
    }

    public override void Check(ReadOnlyMemory<byte> input)
    {
        if (Parse(input, out var body) is not { } rules) return;
        // The model tries all combinations.
        if (body.Body.Length > LongestForModel || rules.Texts.Any(rule => rule.Count(each => each == '{') > MostPlaceholdersForModel)) return;
        var found = rules.Evaluate(body.Body.Span, body.Type, RandomEvents.Headers, Id, MaxKeys);
        var expected = KeyRulesModel.Evaluate(rules.Texts, body.Body.ToArray(), body.Type, RandomEvents.Headers, Id, MaxKeys);
        Require(found.Keys.SequenceEqual(expected.Keys) && found.Fault?.Kind == expected.Fault, "The keys are those of the model.");
        _ = rules.Explain(body.Body.Span, body.Type, RandomEvents.Headers, Id, MaxKeys);
    }

    private static KeyRules? Parse(ReadOnlyMemory<byte> input, out (string Type, ReadOnlyMemory<byte> Body) body)
    {
        var (head, rest) = Split(input);
        body = (head[0], rest);
        var errors = new InputErrors();
        var rules = KeyRules.Parse(head[1..], errors);
        Require(rules is null == errors.Any, "Rules are read, or there are errors.");
        return rules;
    }
}
