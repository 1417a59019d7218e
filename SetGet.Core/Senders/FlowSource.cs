using System.Text.Json.Serialization;
using SetGet.Core.Events;
using SetGet.Core.Signing;

namespace SetGet.Core.Senders;

/// <summary>What a flow knows of its sender. Without its secrets, which are kept apart.</summary>
public sealed record FlowSource
{
    /// <summary>Longest address, in characters.</summary>
    public const int MaxUrlLength = 1024;

    /// <summary>Longest pointer to the event's id, in characters.</summary>
    public const int MaxPointerLength = 256;

    /// <summary>A flow that knows nothing of its sender.</summary>
    public static FlowSource Unknown { get; } = new();

    /// <summary>How the sender signs, by the scheme's name: then what is not signed is refused. Null: as the flow's secrets say.</summary>
    public string? Scheme { get; init; }

    /// <summary>What the scheme <see cref="SignatureSchemes.Custom"/> is in this flow.</summary>
    public HmacDescription? Custom { get; init; }

    /// <summary>The key rules as they were written.</summary>
    public IReadOnlyList<string> KeyRules { get; init => field = value ?? []; } = []; // Where JSON has none, its reader sets null.

    /// <summary>The header that holds the sender's id of the event; null for none. Never together with <see cref="IdPointer"/>.</summary>
    public string? IdHeader { get; init; }

    /// <summary>Where the body holds the sender's id of the event, as RFC 6901 has it; null for nowhere.</summary>
    public string? IdPointer { get; init; }

    /// <summary>How the sender asks whether the address is its receiver's, before it sends events; null: as its scheme's senders do.</summary>
    public string? Handshake { get; init; }

    /// <summary>The handshake that is answered; null for none.</summary>
    [JsonIgnore]
    public string? AnsweredHandshake => Handshake ?? Handshakes.OfScheme(Scheme);

    /// <summary>The address as the sender has it, for schemes that sign it: what a proxy makes of it is unknown.</summary>
    public string? Url { get; init; }

    /// <summary>The rules, ready to be used.</summary>
    [JsonIgnore]
    public KeyRules Rules { get; private init; } = Senders.KeyRules.None;

    /// <summary>Finds the sender's id of an event.</summary>
    [JsonIgnore]
    public SenderIds Ids { get; private init; } = SenderIds.None;

    /// <summary>The scheme that <see cref="Custom"/> describes.</summary>
    private ISignatureScheme? Described { get; init; }

    /// <summary>The scheme of a secret; null where there is none of that name: also where it is <see cref="SignatureSchemes.Custom"/>, and the flow describes none.</summary>
    internal ISignatureScheme? FindScheme(string name) => name == SignatureSchemes.Custom ? Described : SignatureSchemes.All.GetValueOrDefault(name);

    /// <summary>Checks all of it, and makes rules, ids and the described scheme ready. Null when <paramref name="errors"/> has got something.</summary>
    public FlowSource? Ready(InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var rules = Senders.KeyRules.Parse(KeyRules, errors);
        var steps = CheckId(errors);
        CheckScheme(errors);
        if (Url is not null && !IsAddress(Url)) errors.Add("url", $"Must be an address that begins with https:// or http://, of at most {MaxUrlLength} characters.");
        if (errors.Any || rules is null) return null;
        return this with
        {
            Rules = rules,
            Ids = SenderIds.Of(IdHeader, steps),
            Described = Custom is null ? null : new HmacScheme(SignatureSchemes.Custom, Custom),
        };
    }

    private void CheckScheme(InputErrors errors)
    {
        if (Scheme is not null && Scheme != SignatureSchemes.Custom && !SignatureSchemes.All.ContainsKey(Scheme))
            errors.Add("scheme", $"Must be one of {SignatureSchemes.Names}.");
        if (Scheme == SignatureSchemes.Custom && Custom is null) errors.Add("custom", "Is needed with the scheme custom: header, algorithm, encoding, prefix, signed.");
        if (Custom is not null) HmacDescriptionRules.Check(Custom, errors, "custom");
        if (Handshake is not null && !Handshakes.Is(Handshake)) errors.Add("handshake", $"Must be one of {Handshakes.Names}.");
        if (Url is null && (Scheme == "twilio" || Custom?.Signed.Contains("{url}", StringComparison.Ordinal) == true))
            errors.Add("url", "Is needed, because the scheme signs the address that the sender posts to: give it as the sender has it, query included.");
    }

    // The steps of the pointer, where there is one.
    private string[]? CheckId(InputErrors errors)
    {
        if (IdHeader is not null && !HeaderRules.IsName(IdHeader)) errors.Add("idHeader", "Must be " + HeaderRules.NameRule);
        if (IdHeader is not null && IdPointer is not null) errors.Add("idPointer", "Must not be there beside idHeader: an id is in one place.");
        if (IdPointer is null) return null;
        if (IdPointer.Length > MaxPointerLength) errors.Add("idPointer", $"Must be at most {MaxPointerLength} characters.");
        else if (JsonPointer.Parse(IdPointer, out var fault) is { } steps) return steps;
        else errors.Add("idPointer", $"At character {fault.At + 1}: {fault.Message}");
        return null;
    }

    private static bool IsAddress(string text)
        => text.Length <= MaxUrlLength && Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
}

/// <summary>The JSON in which sources are kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FlowSource))]
internal sealed partial class SendersJson : JsonSerializerContext;
