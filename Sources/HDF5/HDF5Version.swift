private import CHDF5

/// Which libhdf5 is in use.
package enum HDF5Version {
    /// Its version, as `1.10.8`.
    package static var text: String {
        Library.exclusively {
            var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
            guard unsafe H5get_libversion(&major, &minor, &release) >= 0 else { return "unknown" }
            return "\(major).\(minor).\(release)"
        }
    }
}
