using System.Text.Json.Serialization;
using SetGet.Api.Http;

namespace SetGet.Api.DeadLetters;

[JsonSerializable(typeof(DeadLetterPage))]
[JsonSerializable(typeof(RedriveList))]
internal sealed partial class DeadLettersJson : JsonSerializerContext
{
    public static DeadLettersJson Wire { get; } = new(WireJson.NewOptions());
}
