using System.Runtime.InteropServices;

namespace Aspire.Hosting.Engine.Processes;

/// <summary>A job object that this process, and so all that it starts, belongs to: Windows ends them with the last handle to it.</summary>
internal static unsafe partial class WindowsJob
{
    private const int ExtendedLimitInformation = 9;
    private const uint KillOnJobClose = 0x2000;

    private static readonly Lazy<bool> Joined = new(Join);

    public static void JoinThisProcess() => _ = Joined.Value;

    private static bool Join()
    {
        var job = CreateJobObjectW(0, null);
        var limits = new ExtendedLimits { Basic = { LimitFlags = KillOnJobClose } };
        // The handle is never closed: its end is this process's.
        return SetInformationJobObject(job, ExtendedLimitInformation, &limits, (uint)sizeof(ExtendedLimits))
            && AssignProcessToJobObject(job, GetCurrentProcess());
    }

    [LibraryImport("kernel32", StringMarshalling = StringMarshalling.Utf16)]
    private static partial nint CreateJobObjectW(nint attributes, string? name);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformationJobObject(nint job, int kind, void* information, uint length);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AssignProcessToJobObject(nint job, nint process);

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentProcess();

    [StructLayout(LayoutKind.Sequential)]
    private struct BasicLimits
    {
        public long PerProcessUserTimeLimit;
        public long PerJobUserTimeLimit;
        public uint LimitFlags;
        public nuint MinimumWorkingSetSize;
        public nuint MaximumWorkingSetSize;
        public uint ActiveProcessLimit;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimits
    {
        public BasicLimits Basic;
        public fixed ulong IoCounters[6];
        public nuint ProcessMemoryLimit;
        public nuint JobMemoryLimit;
        public nuint PeakProcessMemoryUsed;
        public nuint PeakJobMemoryUsed;
    }
}
