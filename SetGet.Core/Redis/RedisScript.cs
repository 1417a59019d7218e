using System.Reflection;

namespace SetGet.Core.Redis;

/// <summary>Loads the Lua scripts, which lie beside the classes that run them. Each is atomic on the keys of one slot.</summary>
internal static class RedisScript
{
    /// <summary>The texts of scripts in the folder of <typeparamref name="TUser"/>, joined: what they share comes first.</summary>
    internal static string Load<TUser>(params ReadOnlySpan<string> names)
    {
        var texts = new string[names.Length];
        for (var i = 0; i < names.Length; i++) texts[i] = Read(typeof(TUser), names[i] + ".lua");
        return string.Join('\n', texts);
    }

    private static string Read(Type user, string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(user, file)
            ?? throw new InvalidOperationException($"There is no script {file} beside {user.FullName}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
