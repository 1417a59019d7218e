using System.Reflection;
using System.Security.Cryptography;
using SetGet.Api.Access;
using SetGet.Core.Accounts;
using SetGet.Core.Signing;

namespace SetGet.Tests.Security;

/// <summary>
/// Comparing a secret takes as long as it takes, whatever was sent. A clock cannot prove that in a test; the code can: who compares secrets does so by
/// <see cref="CryptographicOperations.FixedTimeEquals"/>, and nothing that holds one compares texts or bytes by any other means.
/// </summary>
public sealed class TimingTests
{
    /// <summary>Ways to compare that end at the first difference.</summary>
    private static readonly string[] Early = ["SequenceEqual", "SequenceCompareTo", "CompareOrdinal", "Compare", "StartsWith", "EndsWith", "Contains", "op_Equality", "op_Inequality", "Equals"];

    public static TheoryData<Type, string> Comparisons => new()
    {
        { typeof(RootKey), nameof(RootKey.Is) },
        { typeof(ApiKeyStore), nameof(ApiKeyStore.ValidateAsync) },
        { typeof(Signatures), nameof(Signatures.IsSecret) },
        { typeof(Signatures), nameof(Signatures.IsHexOf) },
        { typeof(Signatures), nameof(Signatures.IsBase64Of) },
    };

    [Theory]
    [MemberData(nameof(Comparisons))]
    public void Comparison_OfASecret_IsOfConstantTime(Type type, string method)
        => Assert.Contains(TypesIn.Calls(type, method), call => call.DeclaringType == typeof(CryptographicOperations) && call.Name == nameof(CryptographicOperations.FixedTimeEquals));

    /// <summary>Every scheme, also one that comes later, leaves the comparing to what the list above holds.</summary>
    [Fact]
    public void Schemes_CompareNothingThemselves()
    {
        var schemes = typeof(ISignatureScheme).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && typeof(ISignatureScheme).IsAssignableFrom(type)).ToList();

        Assert.True(schemes.Count >= 6);
        foreach (var scheme in schemes)
        {
            var calls = TypesIn.Calls(scheme).ToList();
            Assert.True(calls.Exists(IsOfSignatures) || calls.Exists(call => call.Name == "VerifyData"), $"{scheme.Name} compares by no means that this test knows");
            var early = calls.Where(call => call.DeclaringType == typeof(MemoryExtensions) && call.Name is "SequenceEqual" or "SequenceCompareTo");
            Assert.Equal("", string.Join(", ", early.Select(call => $"{scheme.Name} calls {call.Name}")));
        }
    }

    [Fact]
    public void RootKey_ComparesHashes_SoThatItsLengthDoesNotTell()
    {
        var calls = TypesIn.Calls(typeof(RootKey), nameof(RootKey.Is)).ToList();

        Assert.DoesNotContain(calls, call => Early.Contains(call.Name));
        Assert.DoesNotContain(typeof(RootKey).GetFields(BindingFlags.Instance | BindingFlags.NonPublic), field => field.FieldType == typeof(string));
    }

    private static bool IsOfSignatures(MethodBase call)
        => call.DeclaringType == typeof(Signatures) && call.Name is nameof(Signatures.IsSecret) or nameof(Signatures.IsHexOf) or nameof(Signatures.IsBase64Of);
}
