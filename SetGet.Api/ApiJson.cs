using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SetGet.Api.Contract;
using SetGet.Api.DeadLetters;
using SetGet.Api.Get;
using SetGet.Api.Http;
using SetGet.Api.Problems;
using SetGet.Api.Set;
using SetGet.Api.Settings;
using SetGet.Core.Accounts;

namespace SetGet.Api;

/// <summary>The JSON of this API: camel case, strict about what comes in, without nulls in what goes out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(AcceptedEvent))]
[JsonSerializable(typeof(AckRequest))]
[JsonSerializable(typeof(ManyRequest))]
[JsonSerializable(typeof(TtlSetting))]
[JsonSerializable(typeof(TtlInForce))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(KeyCreated))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(NewSecret))]
[JsonSerializable(typeof(SecretInfo))]
[JsonSerializable(typeof(SecretList))]
[JsonSerializable(typeof(LimitSettings))]
[JsonSerializable(typeof(DeadLetterPage))]
[JsonSerializable(typeof(RedriveList))]
// For the OpenAPI document only: these are read and written by hand.
[JsonSerializable(typeof(SetRequest))]
[JsonSerializable(typeof(EventList))]
[JsonSerializable(typeof(TakenList))]
[JsonSerializable(typeof(ManyResults))]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>
    /// As the default, but with nothing escaped that JSON itself does not ask for: answers are never pasted into HTML, and
    /// people read them.
    /// </summary>
    public static ApiJson Wire => Relaxed.Context;

    // Of its own, because static initialisers of a partial class have no order: the default might not be there yet.
    private static class Relaxed
    {
        public static readonly ApiJson Context = new(new JsonSerializerOptions(Default.Options)
        {
            TypeInfoResolver = null,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
    }
}
