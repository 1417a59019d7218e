using System.Text;
using System.Text.Json;

namespace SetGet.Core.Events;

/// <summary>Reads and checks a message of the queue in one pass. Neither the API nor the gateway's template is trusted: all is checked again.</summary>
public static class EnvelopeReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = RequestReader.MaxDepth + 1 };

    /// <summary>The envelope; or null, and in <paramref name="fault"/> why it can never be stored.</summary>
    public static Envelope? Read(ReadOnlyMemory<byte> utf8, out EnvelopeFault? fault)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8.Span, Options);
            reader.Read();
            var fields = new EnvelopeFields();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                fault = new EnvelopeFault(DeadLetterReasons.NotAnEnvelope, "The message is JSON, but not an object.");
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) fields.ReadMember(ref reader, utf8);
            if (reader.Read()) fields.Fail(DeadLetterReasons.NotJson, "There is more text after the envelope.");
            return fields.ToEnvelope(out fault);
        }
        catch (JsonException e)
        {
            fault = new EnvelopeFault(DeadLetterReasons.NotJson, $"The message is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
            return null;
        }
    }

    /// <summary>As the other one, for the text that an SQS client gives.</summary>
    public static Envelope? Read(string text, out EnvelopeFault? fault) => Read(Encoding.UTF8.GetBytes(text), out fault);
}
