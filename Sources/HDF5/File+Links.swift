private import CHDF5
internal import PrintableText

// libhdf5 follows soft and external links by itself, the latter into any file of the machine.
// Names are therefore walked here, one link at a time, and the library is only ever given names
// that consist of hard links.
extension File {
    /// How many soft links a name may pass through.
    private static let softLinkLimit = 16

    /// Whether a link of that name is there, wherever it leads.
    package func hasLink(_ name: String) throws(HDF5Error) -> Bool {
        var parent = ""
        for component in Self.components(of: name) {
            // The library is led through groups that have been looked over only.
            if !parent.isEmpty { parent = try resolve(parent, kind: "group") }
            parent = (parent == "/" ? "" : parent) + "/\(component)"
            guard try hasHardOrOtherLink(parent) else { return false }
        }
        return true
    }

    /// The names in a group, at most `limit` of them, and how many there are.
    package func links(
        in group: String, limit: Int
    ) throws(HDF5Error) -> (names: [String], count: Int) {
        let place = place(group)
        let resolved = try resolve(group, kind: "group")
        let handle = try Handle(
            unsafe H5Gopen2(self.handle.id, resolved, hid_t(H5P_DEFAULT)), releasedBy: H5Gclose,
            "H5Gopen2", at: place)
        var information = H5G_info_t()
        try Library.check(
            unsafe H5Gget_info(handle.id, &information), "H5Gget_info", at: place)
        let count = Int(clamping: information.nlinks)
        var names: [String] = []
        for index in 0..<min(count, limit) {
            names.append(try linkName(index, in: handle, at: place))
        }
        return (names, count)
    }

    /// The name made of hard links alone that a name leads to.
    ///
    /// - Parameters:
    ///   - name: The name, from the root group.
    ///   - kind: What is looked for, for messages.
    /// - Returns: The name, `/` for the root group.
    /// - Throws: ``HDF5Error`` when it leads nowhere, in a circle or out of the file.
    func resolve(_ name: String, kind: String) throws(HDF5Error) -> String {
        let place = place(name)
        var resolved = ""
        var left = Self.components(of: name)
        var target: String?
        var softLinks = 0
        while !left.isEmpty {
            let candidate = "\(resolved)/\(left.removeFirst())"
            guard try hasHardOrOtherLink(candidate) else {
                if let target { throw HDF5Error(.link(.dangling(target: target)), at: place) }
                throw try missing(kind, in: resolved, at: place)
            }
            var linkClass = H5L_TYPE_HARD
            var valueSize = 0
            try Library.check(
                unsafe chdf5_link_class(handle.id, candidate, &linkClass, &valueSize),
                "H5Lget_info", at: place)
            switch linkClass {
            case H5L_TYPE_HARD:
                try checkObject(candidate, at: place)
                resolved = candidate
            case H5L_TYPE_SOFT:
                softLinks += 1
                guard softLinks <= Self.softLinkLimit else {
                    throw HDF5Error(.link(.loop), at: place)
                }
                let value = try linkValue(candidate, size: valueSize, at: place)
                let text = ForeignText.decode(value.prefix { $0 != 0 })
                if text.hasPrefix("/") { resolved = "" }
                left = Self.components(of: text) + left
                target = text
            case H5L_TYPE_EXTERNAL:
                let value = try linkValue(candidate, size: valueSize, at: place)
                // The value is one byte of flags, then the file's name and the object's.
                let file = ForeignText.decode(value.dropFirst().prefix { $0 != 0 })
                throw HDF5Error(.link(.external(file: file)), at: place)
            default:
                throw HDF5Error(.link(.userDefined), at: place)
            }
        }
        return resolved.isEmpty ? "/" : resolved
    }

    /// Makes sure that the library may decode the object that a hard link leads to.
    private func checkObject(_ name: String, at place: Place) throws(HDF5Error) {
        guard let structure else { return }
        var address: haddr_t = 0
        try Library.check(
            unsafe chdf5_link_address(handle.id, name, &address), "H5Lget_info", at: place)
        try structure.check(objectAt: address, at: self.place(name))
    }

    private func missing(
        _ kind: String, in group: String, at place: Place
    ) throws(HDF5Error) -> HDF5Error {
        let parent = group.isEmpty ? "/" : group
        let object = try openObject(resolved: parent, at: place)
        guard H5Iget_type(object.id) == H5I_GROUP else {
            return HDF5Error(
                .unexpectedType(expected: "a group at \(parent)", found: "a dataset"), at: place)
        }
        let there = try links(in: parent, limit: 8)
        return HDF5Error(
            .missing(what: kind, found: there.names, count: there.count), at: place)
    }

    /// Opens what a resolved name stands for.
    func openObject(resolved name: String, at place: Place) throws(HDF5Error) -> Handle {
        try Handle(
            unsafe H5Oopen(handle.id, name, hid_t(H5P_DEFAULT)), releasedBy: H5Oclose, "H5Oopen",
            at: place)
    }

    /// Whether the last component of a name is a link, when all others are hard links to groups.
    private func hasHardOrOtherLink(_ name: String) throws(HDF5Error) -> Bool {
        // The library refuses to look for a link inside a dataset: there is none.
        let status = unsafe H5Lexists(handle.id, name, hid_t(H5P_DEFAULT))
        guard status < 0 else { return status > 0 }
        let parent = name.lastIndex(of: "/").map { String(name[..<$0]) } ?? ""
        let place = place(name)
        let error = ErrorStack.drain().error(call: "H5Lexists", at: place)
        let object = try openObject(resolved: parent.isEmpty ? "/" : parent, at: place)
        guard H5Iget_type(object.id) != H5I_GROUP else { throw error }
        return false
    }

    private func linkName(
        _ index: Int, in group: borrowing Handle, at place: Place
    ) throws(HDF5Error) -> String {
        let length = try Library.check(
            unsafe H5Lget_name_by_idx(
                group.id, ".", H5_INDEX_NAME, H5_ITER_INC, hsize_t(index), nil, 0,
                hid_t(H5P_DEFAULT)), "H5Lget_name_by_idx", at: place)
        var buffer = [CChar](repeating: 0, count: min(Int(length), 1_000) + 1)
        try Library.check(
            unsafe H5Lget_name_by_idx(
                group.id, ".", H5_INDEX_NAME, H5_ITER_INC, hsize_t(index), &buffer, buffer.count,
                hid_t(H5P_DEFAULT)), "H5Lget_name_by_idx", at: place)
        return ForeignText.decode(name: buffer)
    }

    private func linkValue(
        _ name: String, size: Int, at place: Place
    ) throws(HDF5Error) -> [UInt8] {
        guard size <= byteCount else { throw HDF5Error(.truncated, at: place) }
        var value = [UInt8](repeating: 0, count: size)
        try Library.check(
            unsafe H5Lget_val(handle.id, name, &value, size, hid_t(H5P_DEFAULT)), "H5Lget_val",
            at: place)
        return value
    }

    private static func components(of name: String) -> [String] {
        name.split(separator: "/").map(String.init).filter { $0 != "." }
    }
}
