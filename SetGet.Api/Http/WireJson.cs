using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SetGet.Api.Http;

/// <summary>
/// The JSON of this API: camel case, strict about what comes in, without nulls in what goes out, and with nothing escaped that JSON itself does not
/// ask for: answers are never pasted into HTML, and people read them. Each folder's own context is made with it.
/// </summary>
internal static class WireJson
{
    /// <summary>New each time: a context takes its options for itself.</summary>
    public static JsonSerializerOptions NewOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new Rfc3339Converter() },
    };
}
