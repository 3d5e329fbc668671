private import CHDF5
private import ErrorReports
private import Foundation

/// What a failed call left behind, innermost frame first.
struct ErrorStack {
    private struct Frame {
        var major: hid_t
        var minor: hid_t
        var text: String
    }

    private var frames: [Frame] = []

    /// Takes all frames off the calling thread's stack.
    static func drain() -> ErrorStack {
        var stack = ErrorStack()
        unsafe withUnsafeMutablePointer(to: &stack) { pointer in
            _ = unsafe H5Ewalk2(
                hid_t(H5E_DEFAULT), H5E_WALK_UPWARD,
                { _, entry, context in
                    guard let entry = unsafe entry?.pointee,
                        let stack = unsafe context?.assumingMemoryBound(to: ErrorStack.self)
                    else { return 0 }
                    let text = unsafe entry.desc.map { unsafe String(cString: $0) } ?? ""
                    unsafe stack.pointee.frames.append(
                        Frame(major: entry.maj_num, minor: entry.min_num, text: text))
                    return 0
                }, pointer)
        }
        H5Eclear2(hid_t(H5E_DEFAULT))
        return stack
    }

    /// Whether a chunk was asked for that was never written: 1.10 takes that for an error, later
    /// versions give it no bytes.
    var isUnwrittenChunk: Bool {
        frames.contains { $0.text.contains("not allocated") }
    }

    /// The error that the frames amount to.
    func error(call: String, at place: Place) -> HDF5Error {
        if let fault = machineFault(at: place) {
            return HDF5Error(.machine(fault), at: place)
        }
        // Some messages of an unknown version carry a minor number that says nothing of it.
        if frames.contains(where: {
            $0.minor == chdf5_minor_version() || $0.text.contains("version number")
        }) {
            return HDF5Error(.newerVersion, at: place)
        }
        if frames.contains(where: { $0.minor == chdf5_minor_truncated() }) {
            return HDF5Error(.truncated, at: place)
        }
        if call == "H5Dread",
            frames.contains(where: { $0.major == chdf5_major_filter_pipeline() })
        {
            return HDF5Error(
                .damaged(reason: Self.plain(frames.first?.text ?? "")), at: place)
        }
        return HDF5Error(
            .library(call: call, message: Self.plain(frames.first?.text ?? "")), at: place)
    }

    /// What the machine lacked, when the system refused a call of the library: `errno` stands in
    /// the frame of the file's driver.
    private func machineFault(at place: Place) -> MachineFault? {
        for frame in frames {
            guard let mark = frame.text.range(of: "errno = ") else { continue }
            let digits = frame.text[mark.upperBound...].prefix { $0.isASCII && $0.isNumber }
            // What may not be opened is a property of that file.
            if let number = Int32(digits),
                let fault = MachineFault(errorNumber: number, .reading, at: place.file)
            {
                // What has no room is a folder; the file has a name that nobody gave it.
                let isAboutRoom = [.diskFull, .quota, .readOnly].contains(fault.kind)
                let file = URL(filePath: place.file, directoryHint: .notDirectory)
                return isAboutRoom
                    ? MachineFault(
                        fault.kind,
                        at: file.deletingLastPathComponent().path(percentEncoded: false))
                    : fault
            }
        }
        return nil
    }

    /// A frame's text without the time, flags and addresses that differ from run to run.
    private static func plain(_ text: String) -> String {
        for mark in [": time =", ", time =", ", flags =", ": filename =", ", buf ="] {
            if let cut = text.range(of: mark) { return String(text[..<cut.lowerBound]) }
        }
        return text
    }
}
