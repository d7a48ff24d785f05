use granit_parser::*;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    for text in args {
        let text =
            text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t").replace("\\BOM", "\u{feff}");
        println!("=== {text:?}");
        let options = options! { emit_unresolved_aliases: true, emit_anchor_events: true };
        for e in Parser::new_from_str_with_options(&text, options) {
            match e {
                Ok((e, s)) => println!(
                    "{:?} {:?} {:?} tag={:?}",
                    e,
                    s.byte_range(),
                    s.slice(&text),
                    s.tag_span().and_then(|t| t.byte_range())
                ),
                Err(e) => {
                    println!("ERR {e:?} / {e} / {:?}", e.marker().byte_offset());
                    break;
                }
            }
        }
    }
}
