// One component for every block of a reply. A type this reader does not know shows its words.
import type { ComponentChild } from "preact";
import type { Block } from "../../../../kit/types";
import type { Controller } from "../../controller";
import { FormSlot } from "../../forms/FormSlot";
import { Bubble } from "../Bubble";
import { ActionButton } from "./ActionButton";
import { Carousel } from "./Carousel";
import { ChoiceList } from "./ChoiceList";
import { CouponCard } from "./CouponCard";
import { FileView } from "./FileView";
import { LinkCard } from "./LinkCard";
import { OrderCard } from "./OrderCard";
import { PayCard } from "./PayCard";
import { ProductCardView } from "./ProductCard";
import { ReceiptCard } from "./ReceiptCard";

interface Props {
  block: Block;
  controller: Controller;
}

export function BlockView({ block, controller }: Props): ComponentChild {
  switch (block.type) {
    case "text":
      return <Bubble text={block.text} source={block.source} />;
    case "image":
    case "video":
    case "audio":
    case "file":
      return <FileView type={block.type} file={block.file} alt={block.alt_text ?? ""} />;
    case "product_card":
      return block.title ? <ProductCardView card={block} wide controller={controller} /> : words(block);
    case "carousel":
      return block.cards?.length ? <Carousel cards={block.cards} controller={controller} /> : words(block);
    case "choice_list":
      return block.items?.length ? <ChoiceList block={block} controller={controller} /> : words(block);
    case "buttons":
      return (
        <>
          {block.text && <Bubble text={block.text} />}
          <div class="actions">
            {block.actions.map((action) => (
              <ActionButton key={action.label} action={action} class="button button-tint" controller={controller} />
            ))}
          </div>
        </>
      );
    case "quick_replies":
      // They stand under the newest message only; the thread shows them.
      return null;
    case "coupon":
      return block.code ? <CouponCard coupon={block} /> : words(block);
    case "receipt":
      return block.total ? <ReceiptCard receipt={block} /> : words(block);
    case "order_status":
      return block.status ? <OrderCard order={block} /> : words(block);
    case "payment_request":
      return <PayCard request={block} till={controller.till} />;
    case "form":
      if (block.asked) return <FormSlot form={block} controller={controller} />;
      return block.url ? <LinkCard title={block.title} url={block.url} words={block.submit_label} /> : words(block);
    default:
      return words(block);
  }
}

function words(block: { alt_text?: string }): ComponentChild {
  return block.alt_text ? <Bubble text={block.alt_text} /> : null;
}
