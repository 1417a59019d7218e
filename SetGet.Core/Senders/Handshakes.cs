using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SetGet.Core.Events;
using SetGet.Core.Signing;

namespace SetGet.Core.Senders;

/// <summary>What a sender is answered that asks whether the address is its receiver's, before it sends events. Nothing of it is stored.</summary>
/// <param name="Text">The answer's body; null where the headers say it all.</param>
public readonly record struct HandshakeAnswer(string? Text, string ContentType)
{
    internal static HandshakeAnswer Plain(string text) => new(text, "text/plain; charset=utf-8");
}

/// <summary>
/// The handshakes by name. Which one a flow answers is its source's to say: a body that looks like a challenge is an event in every other flow.
/// </summary>
public static class Handshakes
{
    /// <summary>A secret of this scheme is the token that Meta repeats in its challenge; no webhook is signed with it.</summary>
    public const string TokenScheme = "verify-token";

    /// <summary>Longest challenge that is answered, in characters.</summary>
    public const int MaxLength = 1024;

    private const string Meta = "meta";
    private const string Slack = "slack";
    private const string Zoom = "zoom";
    private const string Dropbox = "dropbox";
    private const string Graph = "graph";
    private const string Okta = "okta";
    private const string CloudEvents = "cloudevents";

    private static readonly string[] All = [Slack, Meta, Zoom, Dropbox, Graph, Okta, CloudEvents];

    /// <summary>Every name, for error messages.</summary>
    public static string Names { get; } = string.Join(", ", All);

    /// <summary>True for the name of one.</summary>
    public static bool Is(string name) => All.Contains(name);

    /// <summary>The one that a scheme's senders ask for, without being told; null where they ask for none.</summary>
    public static string? OfScheme(string? scheme) => scheme is Slack or Meta or Zoom or Dropbox or Graph ? scheme : null;

    /// <summary>Answers a challenge of a GET or OPTIONS request; null where it is none.</summary>
    /// <param name="query">A parameter of the query by its name.</param>
    /// <param name="tokens">The flow's secrets of <see cref="TokenScheme"/>.</param>
    internal static HandshakeAnswer? Answer(
        string handshake, bool isOptions, Func<string, string?> query, Func<string, string?> header, IEnumerable<string> tokens)
    {
        if (isOptions) return handshake == CloudEvents && header("WebHook-Request-Origin") is { Length: > 0 } ? new HandshakeAnswer(null, "") : null;
        return handshake switch
        {
            Meta when query("hub.mode") == "subscribe" && IsOne(query("hub.verify_token"), tokens) => Echo(query("hub.challenge")),
            Dropbox => Echo(query("challenge")),
            Okta => Verification(header("x-okta-verification-challenge")),
            _ => null,
        };
    }

    /// <summary>Answers a challenge of a POST request; null where it is none, and an event.</summary>
    /// <param name="signer">Finds the secret that signed it; null where none did. Asked only of what looks like a challenge.</param>
    internal static HandshakeAnswer? AnswerPost(string handshake, Func<string, string?> query, ReadOnlyMemory<byte> body, Func<string?> signer)
    {
        return handshake switch
        {
            Graph => Echo(query("validationToken")),
            Slack when Member(body, "type") == "url_verification" && signer() is not null => Echo(Member(body, "challenge")),
            Zoom when Member(body, "event") == "endpoint.url_validation" && signer() is { } secret => Encrypted(Member(body, "payload", "plainToken"), secret),
            _ => null,
        };
    }

    private static HandshakeAnswer? Echo(string? challenge) => IsShort(challenge) ? HandshakeAnswer.Plain(challenge) : null;

    private static bool IsOne(string? given, IEnumerable<string> tokens)
    {
        if (given is null) return false;
        var isOne = false;
        foreach (var token in tokens) isOne |= Signatures.IsSecret(given, token);
        return isOne;
    }

    private static HandshakeAnswer? Verification(string? challenge)
        => IsShort(challenge) ? Json(json => json.WriteString("verification"u8, challenge)) : null;

    private static HandshakeAnswer? Encrypted(string? token, string secret)
    {
        if (!IsShort(token)) return null;
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(token));
        return Json(json =>
        {
            json.WriteString("plainToken"u8, token);
            json.WriteString("encryptedToken"u8, Convert.ToHexStringLower(hash));
        });
    }

    private static bool IsShort([NotNullWhen(true)] string? challenge) => challenge is { Length: > 0 and <= MaxLength };

    private static HandshakeAnswer Json(Action<Utf8JsonWriter> write)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return new HandshakeAnswer(Encoding.UTF8.GetString(output.ToArray()), EventRequest.Json);
    }

    // Asked of flows alone that answer such a challenge, and of small bodies: a tree is as good as a pass.
    private static string? Member(ReadOnlyMemory<byte> body, params ReadOnlySpan<string> path)
    {
        if (body.Length > 4 * MaxLength) return null;
        try
        {
            using var document = JsonDocument.Parse(body);
            var element = document.RootElement;
            foreach (var name in path)
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
