using System.Text.Json.Serialization;
using SetGet.Api.Http;
using SetGet.Core.Accounts;

namespace SetGet.Api.Accounts;

[JsonSerializable(typeof(TtlSetting))]
[JsonSerializable(typeof(TtlInForce))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(KeyCreated))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(NewSecret))]
[JsonSerializable(typeof(SecretInfo))]
[JsonSerializable(typeof(SecretList))]
[JsonSerializable(typeof(SourceSetting))]
[JsonSerializable(typeof(SourceTrial))]
[JsonSerializable(typeof(SourceTrialResult))]
[JsonSerializable(typeof(DeliveryList))]
[JsonSerializable(typeof(LimitSettings))]
internal sealed partial class AccountsJson : JsonSerializerContext
{
    public static AccountsJson Wire { get; } = new(WireJson.NewOptions());
}
