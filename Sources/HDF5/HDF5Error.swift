package import ErrorReports
private import PrintableText

/// What is wrong with an HDF5 file, or with using it.
package struct HDF5Error: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
    package enum Kind: Sendable, Hashable {
        /// The file is not there, is a folder, or may not be read.
        case unreadable(reason: String)
        /// The file has no HDF5 signature.
        case notHDF5
        /// The file is shorter than it says.
        case truncated
        /// A structure has a version that this libhdf5 does not know.
        case newerVersion
        /// An object or attribute is not there; `found` are some of those that are.
        case missing(what: String, found: [String], count: Int)
        /// A link that is not followed.
        case link(LinkFault)
        /// A dataset whose storage is not what its description promises.
        case storage(StorageFault)
        /// Values of another type.
        case unexpectedType(expected: String, found: String)
        /// Values of another shape.
        case unexpectedShape(expected: String, found: String)
        /// A checksum or a compressed stream does not come out right.
        case damaged(reason: String)
        /// The machine lacks something: it says nothing of the file.
        case machine(MachineFault)
        /// Anything else that libhdf5 says.
        case library(call: String, message: String)
    }

    /// Why a link is not followed.
    package enum LinkFault: Sendable, Hashable {
        /// It leads into another file.
        case external(file: String)
        /// Soft links that lead to each other.
        case loop
        /// A soft link to something that is not there.
        case dangling(target: String)
        /// A link class that is not hard, soft or external.
        case userDefined
    }

    /// The kind of problem with a dataset's storage.
    package enum StorageFault: Sendable, Hashable {
        /// The values lie in other files, by external raw storage.
        case external
        /// The values lie in other datasets.
        case virtual
        /// A filter that is not part of libhdf5.
        case unknownFilter(id: Int, name: String)
        /// The same compression several times over.
        case repeatedCompression
        /// Values that were never written; counted in chunks, or in bytes when contiguous.
        case unwritten(expected: Int, found: Int)
        /// More values than the stored bytes can be.
        case implausibleSize(declared: String, stored: Int)
        /// More bytes than may be read at once.
        case tooLarge(bytes: Int, limit: Int)
    }

    /// The kind of the fault, with what was expected and found.
    package let kind: Kind
    /// The file and the place in it, as far as they are known.
    package let location: Place
    /// What to do.
    package let hint: String

    /// Creates an error; without a hint it gets the usual one of its kind.
    package init(_ kind: Kind, at location: Place, hint: String? = nil) {
        self.kind = kind
        self.location = location
        self.hint = hint ?? kind.usualHint
    }

    /// `file: /object: what`, and the hint on a line of its own.
    package var description: String {
        "\(location): \(kind)\n  hint: \(hint)"
    }
}

extension HDF5Error: MachineFaulting {
    /// The machine's fault; `nil` when the error is about the file.
    package var machineFault: MachineFault? {
        if case .machine(let fault) = kind { fault } else { nil }
    }
}

extension HDF5Error.Kind: CustomStringConvertible {
    /// What is wrong, without where.
    package var description: String {
        switch self {
        case .unreadable(let reason): return "cannot be opened: \(reason.printable())"
        case .notHDF5: return "is not an HDF5 file"
        case .truncated: return "is cut off: it is shorter than it says"
        case .newerVersion:
            return "has a structure of a version unknown here: "
                + "written by a newer HDF5, or damaged"
        case .missing(let what, let found, let count):
            var text = "\(what) not found"
            if !found.isEmpty {
                text += "; there is " + found.map { $0.printable() }.joined(separator: ", ")
                if count > found.count { text += " and \(count - found.count) more" }
            }
            return text
        case .link(.external(let file)):
            return "links into another file, \"\(file.printable())\", which is not followed"
        case .link(.loop): return "soft links lead in a circle"
        case .link(.dangling(let target)):
            return "soft link to \"\(target.printable())\", which is not there"
        case .link(.userDefined): return "link of an unknown class"
        case .storage(let fault): return fault.text
        case .unexpectedType(let expected, let found), .unexpectedShape(let expected, let found):
            return "expected \(expected), found \(found.printable(limit: 300))"
        case .damaged(let reason): return "is damaged: \(reason.printable())"
        case .machine(let fault): return fault.description.printable(limit: 1_000)
        case .library(let call, let message):
            return "\(call) failed: \(message.printable(limit: 300))"
        }
    }

    fileprivate var usualHint: String {
        switch self {
        case .unreadable: "check the path and its permissions"
        case .notHDF5: "check that this is the file you meant"
        case .truncated, .damaged: "make or copy the file again"
        case .newerVersion:
            "write it with the default library version (h5py: libver=\"earliest\"), "
                + "or copy it with h5repack --low=0 --high=2"
        case .missing: "check that the file is of the kind you meant"
        case .link: "copy the data into this file (h5copy)"
        case .storage(let fault): fault.usualHint
        case .unexpectedType, .unexpectedShape: "convert the values and write the file again"
        case .machine(let fault): fault.remedy
        case .library: "check the file with h5dump; make or copy it again"
        }
    }
}

extension HDF5Error.StorageFault {
    fileprivate var text: String {
        switch self {
        case .external: "its values lie in other files, which are not opened"
        case .virtual: "it is a virtual dataset, whose sources are not opened"
        case .unknownFilter(let id, let name):
            "filter \(id) (\(name.printable())) is not part of libhdf5"
        case .repeatedCompression: "it is compressed more than once"
        case .unwritten(let expected, let found):
            "was never written in full: \(found) of \(expected, of: "chunk") or bytes are there"
        case .implausibleSize(let declared, let stored):
            "declares \(declared), which \(stored, of: "stored byte") cannot be"
        case .tooLarge(let bytes, let limit):
            "needs \(bytes) bytes of memory, more than the \(limit) allowed"
        }
    }

    fileprivate var usualHint: String {
        switch self {
        case .external, .virtual: "copy the values into this file (h5repack)"
        case .unknownFilter(let id, _): Self.rewritingHint(filter: id)
        case .repeatedCompression: Self.rewritingHint(filter: Self.lzf)
        case .unwritten: "the program that wrote it was cut short; make the file again"
        case .implausibleSize: "the file is damaged or made to exhaust memory"
        case .tooLarge: "read a part of it"
        }
    }

    /// The number under which LZF is registered, which h5py brings itself.
    private static let lzf = 32_000

    /// How to write a file again with a filter that every libhdf5 has. (h5repack leaves out, with
    /// exit code 0, what it cannot read.)
    static func rewritingHint(filter: Int) -> String {
        let modules = filter == lzf ? "h5py" : "h5py, hdf5plugin"
        return "h5py writes it again with gzip: python3 -c \"import \(modules); "
            + "a, b = h5py.File('IN.h5'), h5py.File('OUT.h5', 'w'); b.attrs.update(a.attrs); "
            + "a.visititems(lambda n, x: (b.create_dataset(n, data=x[()], compression='gzip' "
            + "if x.shape else None) if hasattr(x, 'shape') else b.require_group(n))"
            + ".attrs.update(x.attrs))\""
    }
}
