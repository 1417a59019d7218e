using System.Runtime.CompilerServices;

namespace Aspire.Hosting.Redis;

/// <summary>Folders for data that nobody asked to keep: they stay over a restart of the server, and go with the app host.</summary>
internal static class TemporaryFolder
{
    private static readonly ConditionalWeakTable<IDistributedApplicationBuilder, Folder> Folders = [];

    public static string Of(IDistributedApplicationBuilder builder, string resource)
        => Path.Combine(Folders.GetValue(builder, _ => new Folder()).Path, resource);

    private sealed class Folder
    {
        public Folder() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete();

        public string Path { get; } = Directory.CreateTempSubdirectory("aspire-").FullName;

        private void Delete()
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException)
            {
                // A server that is still ending writes there: the system clears its temporary folder.
            }
        }
    }
}
