import Autodiff
import Foundation
import Testing

@Suite("The kernels of BLAS")
struct BLASKernelsTests {
    /// What the processor says that it can do.
    private static let flags = Set(
        ((try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? "")
            .split(separator: "\n").first { $0.hasPrefix("flags") }
            .map { $0.split(separator: " ").map(String.init) } ?? [])

    @Test(
        "use AVX2 where the processor has it, also when the library is older than the processor",
        .enabled(
            if: flags.isSuperset(of: ["avx2", "fma"])
                && ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"] == nil))
    func suitable() {
        let withoutIt = ["prescott", "core2", "penryn", "dunnington", "nehalem", "sandybridge"]
        #expect(!withoutIt.contains(BLASVersion.kernels.lowercased()))
        // What made the library choose is not handed on to other processes.
        #expect(ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"] == nil)
    }
}
