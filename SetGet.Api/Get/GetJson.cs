using System.Text.Json.Serialization;
using SetGet.Api.Http;

namespace SetGet.Api.Get;

[JsonSerializable(typeof(AckRequest))]
[JsonSerializable(typeof(ManyRequest))]
internal sealed partial class GetJson : JsonSerializerContext
{
    public static GetJson Wire { get; } = new(WireJson.NewOptions());
}
