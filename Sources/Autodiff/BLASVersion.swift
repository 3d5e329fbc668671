private import CBLAS
private import CBLASKernels

/// Which BLAS is in use.
package enum BLASVersion {
    /// OpenBLAS' own text: version, options and the kernels it chose for this processor.
    package static var text: String {
        guard let text = unsafe openblas_get_config() else { return "unknown" }
        return unsafe String(cString: text)
    }

    /// The processor that OpenBLAS' kernels were chosen for, such as `SkylakeX`.
    package static var kernels: String {
        guard let name = unsafe openblas_get_corename() else { return "unknown" }
        return unsafe String(cString: name)
    }

    /// Whether OpenBLAS did not know the processor and was made to choose again.
    package static var choseAgain: Bool { myotask_blas_chose_again() != 0 }
}
