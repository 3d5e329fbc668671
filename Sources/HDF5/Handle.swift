import CHDF5

/// An identifier of libhdf5 that is released exactly once.
///
/// It is made, used and dropped inside ``Library/exclusively(_:)``: as it cannot be copied, it
/// cannot leave the closure that borrows it, and its end takes no lock.
struct Handle: ~Copyable {
    let id: hid_t
    private let release: @convention(c) (hid_t) -> herr_t

    /// Takes ownership of what a call returned, or throws what the library says.
    init(
        _ id: hid_t, releasedBy release: @escaping @convention(c) (hid_t) -> herr_t,
        _ call: StaticString, at place: Place
    ) throws(HDF5Error) {
        self.id = try Library.check(id, call, at: place)
        self.release = release
    }

    /// Releases the identifier and throws when that fails: a file's last bytes are written here.
    consuming func close(at place: Place) throws(HDF5Error) {
        let status = release(id)
        discard self
        try Library.check(status, "close", at: place)
    }

    deinit {
        _ = release(id)
    }
}
