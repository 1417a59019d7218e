using System.Text.Json;

namespace SetGet.Core;

/// <summary>The members that <c>set</c> and <c>hook</c> share, as they are met. Each Read method begins at the member's name.</summary>
internal sealed class RequestFields
{
    private const int MaxNameInError = 64;

    private readonly InputErrors _errors;
    private readonly WebhookKeyList _keys = new();
    private Members _seen;
    private string _accountId = "";
    private string _flowId = "";
    private int? _ttlSeconds;
    private ReadOnlyMemory<byte> _data;
    private string _contentType = "";

    internal RequestFields(InputErrors errors) => _errors = errors;

    [Flags]
    private enum Members
    {
        None = 0,
        AccountId = 1,
        FlowId = 2,
        WebhookKeys = 4,
        TtlSeconds = 8,
        Data = 16,
        ContentType = 32,
        Body = 64,
    }

    internal void ReadAccountId(ref Utf8JsonReader reader) => _accountId = ReadId(ref reader, Members.AccountId, "accountId");

    internal void ReadFlowId(ref Utf8JsonReader reader) => _flowId = ReadId(ref reader, Members.FlowId, "flowId");

    internal void ReadWebhookKeys(ref Utf8JsonReader reader)
    {
        Begin(ref reader, Members.WebhookKeys, WebhookKeyList.Field);
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            _errors.Add(WebhookKeyList.Field, "Must be an array of webhook keys.");
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) _keys.Add(ReadText(ref reader), _errors);
        _keys.CheckNotEmpty(_errors);
    }

    internal void ReadTtlSeconds(ref Utf8JsonReader reader)
    {
        Begin(ref reader, Members.TtlSeconds, "ttlSeconds");
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var seconds) && seconds >= 1) _ttlSeconds = seconds;
        else _errors.Add("ttlSeconds", $"Must be a whole number of seconds, 1 to {int.MaxValue}.");
        reader.Skip();
    }

    internal void ReadData(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        Begin(ref reader, Members.Data, "data");
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        _data = utf8[start..(int)reader.BytesConsumed];
    }

    internal void ReadContentType(ref Utf8JsonReader reader)
    {
        Begin(ref reader, Members.ContentType, "contentType");
        _contentType = ReadText(ref reader);
        if (!Names.IsContentType(_contentType)) _errors.Add("contentType", "Must be 1 to 255 printable ASCII characters.");
    }

    internal void ReadBody(ref Utf8JsonReader reader)
    {
        Begin(ref reader, Members.Body, "body");
        if (reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes)) _data = bytes;
        else _errors.Add("body", "Must be a string of base64.");
        reader.Skip();
    }

    internal void SkipUnknown(ref Utf8JsonReader reader)
    {
        var name = ReadText(ref reader);
        _errors.Add(name.Length > MaxNameInError ? name[..MaxNameInError] : name, "Is not a member of this object: take it out.");
        reader.Read();
        reader.Skip();
    }

    internal EventRequest? ToSetRequest() => ToRequest(Members.Data, EventRequest.Json);

    internal EventRequest? ToHookRequest() => ToRequest(Members.Body | Members.ContentType, _contentType);

    private EventRequest? ToRequest(Members more, string contentType)
    {
        Require(Members.AccountId, "accountId");
        Require(Members.FlowId, "flowId");
        Require(Members.WebhookKeys, WebhookKeyList.Field);
        if (more.HasFlag(Members.Data)) Require(Members.Data, "data");
        if (more.HasFlag(Members.Body)) Require(Members.Body, "body");
        if (more.HasFlag(Members.ContentType)) Require(Members.ContentType, "contentType");
        if (_errors.Any) return null;
        return new EventRequest
        {
            AccountId = _accountId,
            FlowId = _flowId,
            WebhookKeys = _keys.Keys,
            Data = _data,
            ContentType = contentType,
            TtlSeconds = _ttlSeconds,
        };
    }

    private void Require(Members member, string field)
    {
        if (!_seen.HasFlag(member)) _errors.Add(field, "Is required.");
    }

    private void Begin(ref Utf8JsonReader reader, Members member, string field)
    {
        if (_seen.HasFlag(member)) _errors.Add(field, "Is there more than once.");
        _seen |= member;
        reader.Read();
    }

    private string ReadId(ref Utf8JsonReader reader, Members member, string field)
    {
        Begin(ref reader, member, field);
        var id = ReadText(ref reader);
        if (!Names.IsId(id)) _errors.Add(field, "Must be a string of " + Names.IdRule);
        return id;
    }

    // What is no text (another type, an escaped lone surrogate) reads as "", which no field accepts.
    private static string ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            reader.Skip();
            return "";
        }

        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
