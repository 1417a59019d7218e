using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace SetGet.Core.Redis;

/// <summary>A Lua script, which lies beside the class that runs it. Each is atomic on the keys of one slot.</summary>
internal sealed class RedisScript(string text)
{
    internal string Text { get; } = text;

    /// <summary>By which Redis knows the script: the client that is given the text goes through all of it with every call to find this.</summary>
    internal byte[] Hash { get; } = HashOf(text);

    /// <summary>The scripts of those names in the folder of <typeparamref name="TUser"/>, joined: what they share comes first.</summary>
    internal static RedisScript Load<TUser>(params ReadOnlySpan<string> names)
    {
        var texts = new string[names.Length];
        for (var i = 0; i < names.Length; i++) texts[i] = Read(typeof(TUser), names[i] + ".lua");
        return new RedisScript(string.Join('\n', texts));
    }

    [SuppressMessage("Security", "CA5350", Justification = "Redis names scripts by their SHA-1; nothing rests on it.")]
    private static byte[] HashOf(string text) => SHA1.HashData(Encoding.UTF8.GetBytes(text));

    private static string Read(Type user, string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(user, file)
            ?? throw new InvalidOperationException($"There is no script {file} beside {user.FullName}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
