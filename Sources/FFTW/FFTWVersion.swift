private import CFFTW3

/// Which FFTW is in use.
package enum FFTWVersion {
    /// The library's own text, as `fftw-3.3.10-sse2-avx`.
    package static var text: String {
        guard let version = unsafe cfftw3_version() else { return "unknown" }
        return unsafe String(cString: version)
    }
}
