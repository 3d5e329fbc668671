private import CBLAS

/// Which BLAS is in use.
package enum BLASVersion {
    /// OpenBLAS' own text: version, options and the kernels it chose for this processor.
    package static var text: String {
        guard let text = unsafe openblas_get_config() else { return "unknown" }
        return unsafe String(cString: text)
    }
}
