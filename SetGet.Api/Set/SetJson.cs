using System.Text.Json.Serialization;
using SetGet.Api.Http;

namespace SetGet.Api.Set;

[JsonSerializable(typeof(AcceptedEvent))]
internal sealed partial class SetJson : JsonSerializerContext
{
    public static SetJson Wire { get; } = new(WireJson.NewOptions());
}
