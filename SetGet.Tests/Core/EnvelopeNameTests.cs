using System.Text;
using SetGet.Core.Events;

namespace SetGet.Tests.Core;

/// <summary>Names that are no text, or are written with escapes. That reading throws nothing, whatever a message or a body is, the fuzzing of both says.</summary>
public sealed class EnvelopeNameTests
{
    [Theory]
    [InlineData("""{"accountId":"a","flowId":"f","webhookKeys":["k"],"data":1,"\ud800":1}""")]
    [InlineData("""{"\ud800":1,"accountId":"a","flowId":"f","webhookKeys":["k"],"data":1}""")]
    [InlineData("""{"\udfffdata":1,"accountId":"a","flowId":"f","webhookKeys":["\ud800"],"data":1}""")]
    public void Member_WhoseNameIsNoText_IsAFaultWithItsPlace(string set)
    {
        var errors = new InputErrors();
        Assert.Null(RequestReader.Read(Encoding.UTF8.GetBytes(set), errors));
        Assert.Contains(errors.ByField[InputErrors.Body], message => message.Contains("byte", StringComparison.Ordinal));

        var envelope = $$"""{"v":1,"id":"01a1ff74-7772-7857-a1bd-87ddf75ab44d","acceptedAt":1,"sender":"root","set":{{set}}}""";
        Assert.Null(EnvelopeReader.Read(envelope, out var fault));
        Assert.NotNull(fault);
    }

    [Fact]
    public void EscapedNames_AreTheNamesThatTheyAre()
    {
        var errors = new InputErrors();
        var request = RequestReader.Read("""{"\u0061ccountId":"a","flowId":"f","webhookKey\u0073":["k"],"data":1}"""u8.ToArray(), errors);
        Assert.Equal("a", request!.AccountId);
        Assert.Equal(["k"], request.WebhookKeys);
    }
}
