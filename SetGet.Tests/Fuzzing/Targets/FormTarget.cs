using System.Text;
using SetGet.Core.Events;
using SetGet.Core.Senders;
using SetGet.Tests.Core.Senders;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>Forms, and whatever says that it is one, under rules that are always the same.</summary>
internal sealed class FormTarget() : FuzzTarget("form")
{
    private const string Type = "application/x-www-form-urlencoded";
    private static readonly string[] Texts = ["a-{/a}", "{/b c}", "{/}", "{/é}.{/a}"];
    private static readonly KeyRules Rules = KeyRules.Parse(Texts, new InputErrors())!;

    public override IEnumerable<string> Seeds { get; } = ["a=1&b+c=2&a=3", "%61=x%20y&b%20c=%C3%A9&%C3%A9=z&=empty", "a"];

    public override IReadOnlyList<string> Tokens { get; } = ["a=", "&", "=", "%", "%41", "%zz", "+", "b+c=", "%C3%A9=", "%00", "%ff", "é="];

    public override int AllocationPerByte => 1000;

    public override double Weight => 4;

    public override void Run(ReadOnlyMemory<byte> input) => Rules.Evaluate(input.Span, Type, EventRequest.NoHeaders, "id", 20);

    public override void Check(ReadOnlyMemory<byte> input)
    {
        var found = Rules.Evaluate(input.Span, Type, EventRequest.NoHeaders, "id", 20);
        if (input.Length > 300) return;
        var expected = KeyRulesModel.Evaluate(Texts, input.ToArray(), Type, EventRequest.NoHeaders, "id", 20);
        Require(found.Keys.SequenceEqual(expected.Keys) && found.Fault?.Kind == expected.Fault, "The keys are those of the model.");
        Require(Encoding.UTF8.GetByteCount(string.Concat(found.Keys)) < 20 * 129, "Keys are short.");
    }
}
