private import CHDF5

/// The shapes of datasets and attributes.
enum Dataspace {
    /// Makes one: a single value for `nil`, otherwise one or more dimensions.
    static func make(_ shape: [Int]?, at place: Place) throws(HDF5Error) -> Handle {
        guard let shape else {
            return try Handle(
                H5Screate(H5S_SCALAR), releasedBy: H5Sclose, "H5Screate", at: place)
        }
        return try Handle(
            unsafe H5Screate_simple(Int32(shape.count), shape.map(hsize_t.init), nil),
            releasedBy: H5Sclose, "H5Screate_simple", at: place)
    }

    /// Reads the shape of one; a single value has no dimensions, a null space is an error.
    static func shape(of space: borrowing Handle, at place: Place) throws(HDF5Error) -> [Int] {
        switch H5Sget_simple_extent_type(space.id) {
        case H5S_SCALAR: return []
        case H5S_NULL:
            throw HDF5Error(
                .unexpectedShape(expected: "values", found: "an empty (null) dataspace"),
                at: place)
        default: break
        }
        let rank = try Library.check(
            H5Sget_simple_extent_ndims(space.id), "H5Sget_simple_extent_ndims", at: place)
        var dimensions = [hsize_t](repeating: 0, count: Int(rank))
        try Library.check(
            unsafe H5Sget_simple_extent_dims(space.id, &dimensions, nil),
            "H5Sget_simple_extent_dims", at: place)
        return dimensions.map { Int(clamping: $0) }
    }
}
