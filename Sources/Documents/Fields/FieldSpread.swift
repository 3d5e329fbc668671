/// Members that one field stands for together: the settings of several kinds beside other members.
struct FieldSpread<Root: Sendable>: Sendable {
    let keys: @Sendable (Kinds) -> [String]
    let properties: @Sendable (Kinds) -> [ObjectSchema.Property]
    let read: @Sendable (DocumentObject, inout Root) throws(DocumentError) -> Void
    let write: @Sendable (Root) -> [DocumentValue.Member]
}
