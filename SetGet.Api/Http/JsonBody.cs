using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SetGet.Api.Problems;
using SetGet.Core.Events;

namespace SetGet.Api.Http;

/// <summary>
/// Reads the small JSON bodies (settings, keys, lists): strictly, with errors that name the member. What a member may be is said by .NET's validation
/// attributes on the record, so the OpenAPI document tells it too.
/// </summary>
internal static class JsonBody
{
    /// <summary>Enough for 1,000 webhook keys of 128 characters, with room to spare. Bytes.</summary>
    private const int Maximum = 256 * 1024;

    /// <exception cref="ProblemException">400, 413 or 415.</exception>
    public static async ValueTask<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        MediaTypes.RequireJson(context.Request);
        using var body = await PooledBody.ReadAsync(context.Request, Maximum, context.RequestAborted);
        return Parse(body.Bytes.Span, type);
    }

    /// <summary>Also checks what the record's attributes say; what is wrong is added to the errors, for the handler to add to and to throw.</summary>
    /// <exception cref="ProblemException">400, 413 or 415.</exception>
    public static async ValueTask<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, InputErrors errors)
        where T : class
    {
        var value = await ReadAsync(context, type);
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(value, new ValidationContext(value), faults, validateAllProperties: true);
        foreach (var fault in faults)
            foreach (var member in fault.MemberNames) errors.Add(JsonNamingPolicy.CamelCase.ConvertName(member), fault.ErrorMessage!);
        return value;
    }

    private static T Parse<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type)
        where T : class
    {
        if (utf8.IsEmpty) throw Invalid(InputErrors.Body, "Is empty: send a JSON object.");
        try
        {
            return JsonSerializer.Deserialize(utf8, type) ?? throw Invalid(InputErrors.Body, "Must be a JSON object, not null.");
        }
        catch (JsonException exception)
        {
            throw Invalid(FieldOf(exception.Path), Explain(exception));
        }
    }

    /// <summary>"$.webhookKeys[3]" is the field "webhookKeys[3]"; the document itself is the body.</summary>
    private static string FieldOf(string? path) => path is null or "$" or "" ? InputErrors.Body : path.TrimStart('$').TrimStart('.');

    private static string Explain(JsonException exception)
    {
        var message = exception.Message;
        var where = exception.LineNumber is { } line ? $" (line {line + 1}, byte {exception.BytePositionInLine + 1})" : "";
        if (message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal)) return $"Is not a member of this object: take it out{where}.";
        if (message.Contains("missing required properties", StringComparison.Ordinal)) return "Lacks a member: "
            + message[(message.LastIndexOf(':') + 1)..].Trim();
        if (message.Contains("could not be converted", StringComparison.Ordinal)) return $"Has the wrong JSON type{where}.";
        if (message.Contains("uplicate", StringComparison.Ordinal)) return $"Has a member twice{where}.";
        return $"Is not valid JSON{where}.";
    }

    private static ProblemException Invalid(string field, string message) => new(ProblemKinds.Invalid(field, message));
}
