private import CHDF5

extension File {
    /// Makes a group and those above it that are missing.
    package func createGroup(_ name: String) throws(HDF5Error) {
        let place = place(name)
        let properties = try Handle(
            H5Pcreate(chdf5_group_creation()), releasedBy: H5Pclose, "H5Pcreate", at: place)
        try Library.check(
            H5Pset_obj_track_times(properties.id, false), "H5Pset_obj_track_times", at: place)
        let links = try linkProperties(at: place)
        var path = ""
        for component in name.split(separator: "/") {
            path += "/\(component)"
            if try hasLink(path) { continue }
            _ = try Handle(
                unsafe H5Gcreate2(handle.id, path, links.id, properties.id, hid_t(H5P_DEFAULT)),
                releasedBy: H5Gclose, "H5Gcreate2", at: place)
        }
    }

    /// Makes a dataset and writes all of it.
    ///
    /// - Parameters:
    ///   - name: Its name from the root group; the group it lies in is there.
    ///   - values: The values, slowest dimension first.
    ///   - shape: The count along each dimension; their product is `values.count`.
    ///   - layout: How it lies in the file. An empty dataset is always contiguous.
    /// - Throws: ``HDF5Error`` when it cannot be written.
    package func createDataset<Value: Element>(
        _ name: String, values: [Value], shape: [Int], layout: DatasetLayout = .contiguous
    ) throws(HDF5Error) {
        precondition(
            shape.reduce(1, *) == values.count,
            "\(values.count) values do not have the shape \(shape)")
        let dataset = try makeDataset(name, of: Value.self, shape: shape, layout: layout)
        guard !values.isEmpty else { return }
        try Library.check(
            unsafe H5Dwrite(
                dataset.id, Value.numberType.native, hid_t(H5S_ALL), hid_t(H5S_ALL),
                hid_t(H5P_DEFAULT), values), "H5Dwrite", at: place(name))
    }

    /// Makes a dataset without values.
    func makeDataset<Value: Element>(
        _ name: String, of type: Value.Type, shape: [Int], layout: DatasetLayout
    ) throws(HDF5Error) -> Handle {
        let place = place(name)
        let properties = try Handle(
            H5Pcreate(chdf5_dataset_creation()), releasedBy: H5Pclose, "H5Pcreate", at: place)
        try Library.check(
            H5Pset_obj_track_times(properties.id, false), "H5Pset_obj_track_times", at: place)
        if case .compressed(let chunk, let level) = layout, !shape.contains(0) {
            try compress(properties, chunk: chunk, level: level, at: place)
        }
        let space = try Dataspace.make(shape, at: place)
        let links = try linkProperties(at: place)
        return try Handle(
            unsafe H5Dcreate2(
                handle.id, name, Value.numberType.stored, space.id, links.id, properties.id,
                hid_t(H5P_DEFAULT)), releasedBy: H5Dclose, "H5Dcreate2", at: place)
    }

    private func compress(
        _ properties: borrowing Handle, chunk: [Int], level: Int, at place: Place
    ) throws(HDF5Error) {
        precondition((1...9).contains(level), "deflate has levels 1 to 9, got \(level)")
        try Library.check(
            unsafe H5Pset_chunk(properties.id, Int32(chunk.count), chunk.map(hsize_t.init)),
            "H5Pset_chunk", at: place)
        try Library.check(H5Pset_shuffle(properties.id), "H5Pset_shuffle", at: place)
        try Library.check(
            H5Pset_deflate(properties.id, UInt32(level)), "H5Pset_deflate", at: place)
        // Last, so that it protects the bytes as they are stored.
        try Library.check(H5Pset_fletcher32(properties.id), "H5Pset_fletcher32", at: place)
    }

    /// Names are UTF-8.
    private func linkProperties(at place: Place) throws(HDF5Error) -> Handle {
        let properties = try Handle(
            H5Pcreate(chdf5_link_creation()), releasedBy: H5Pclose, "H5Pcreate", at: place)
        try Library.check(
            H5Pset_char_encoding(properties.id, H5T_CSET_UTF8), "H5Pset_char_encoding", at: place)
        return properties
    }
}
