private import CHDF5
public import Foundation
private import HDF5

extension HDF5Surgery {
    /// How many identifiers of libhdf5 are open that belong to a file or to files in a folder:
    /// always 0 after use unless one leaks, whatever other tests do meanwhile.
    public static func openIdentifierCount(below url: URL) -> Int {
        let path = url.path(percentEncoded: false)
        return Library.exclusively {
            let kinds = chdf5_all_objects()
            let count = H5Fget_obj_count(hid_t(kinds), kinds)
            var identifiers = [hid_t](repeating: 0, count: max(0, count))
            _ = unsafe H5Fget_obj_ids(hid_t(kinds), kinds, identifiers.count, &identifiers)
            return identifiers.count { identifier in
                var name = [CChar](repeating: 0, count: 4_096)
                let length = unsafe H5Fget_name(identifier, &name, name.count)
                guard length > 0 else { return false }
                return String(
                    decoding: name.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self
                ).hasPrefix(path)
            }
        }
    }
}
