private import Autodiff
private import FFTW
private import Foundation
private import HDF5

/// What a run was made with: the versions that numbers depend on.
package enum RunEnvironment {
    /// The versions of the libraries in use and of the compiler, by name.
    package static var versions: [String: String] {
        [
            "swift": swift, "fftw": FFTWVersion.text, "hdf5": HDF5Version.text,
            "openblas": BLASVersion.text + (BLASVersion.choseAgain ? " (chosen again)" : ""),
            "system": ProcessInfo.processInfo.operatingSystemVersionString,
        ]
    }

    /// The compiler's version, as far as it can be predicted.
    private static var swift: String {
        #if compiler(>=6.5)
            "6.5 or later"
        #elseif compiler(>=6.4)
            "6.4"
        #elseif compiler(>=6.3.3)
            "6.3.3 or later"
        #elseif compiler(>=6.3.2)
            "6.3.2"
        #elseif compiler(>=6.3.1)
            "6.3.1"
        #else
            "6.3"
        #endif
    }
}
